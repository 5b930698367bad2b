import type { HelpTopic } from "../help-topic.ts";

/** The pages of buckets. */
export const bucketTopics: Readonly<Record<string, HelpTopic>> = {
  buckets: {
    title: "Buckets",
    content: (
      <>
        <p>
          A bucket keeps objects: files with a key and metadata. A write is on disk before it is answered, and leaves the old object or the
          new one, nothing between.
        </p>
        <h3>Functions</h3>
        <p>
          Let what happens in a bucket run a function by <strong>Add trigger</strong> on the function&apos;s page, or by an event
          notification among the bucket&apos;s properties.
        </p>
        <h3>Names</h3>
        <p>A bucket&apos;s name is the only one of its kind on this server, in every region and account.</p>
      </>
    ),
  },
  objects: {
    title: "Objects",
    content: (
      <>
        <p>
          A folder is what keys have in common up to a <code>/</code>. Drop files and folders on the list to upload them; large files go in
          parts, and go on while you look at other pages of the console.
        </p>
        <h3>Versions</h3>
        <p>
          With versioning a deletion only hides an object, behind a delete marker. <strong>Show versions</strong> lists all that is there;
          what is deleted there is gone.
        </p>
      </>
    ),
  },
  "event-notifications": {
    title: "Event notifications",
    content: (
      <p>
        A bucket tells a function, a queue or a topic of what happens to objects whose key has the prefix and the suffix. The
        receiver&apos;s policy must let the bucket in: the console adds a statement to it. Two notifications may not be meant by the same
        event.
      </p>
    ),
  },
};
