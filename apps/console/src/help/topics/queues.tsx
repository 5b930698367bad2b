import type { HelpTopic } from "../help-topic.ts";

/** The pages of queues. */
export const queueTopics: Readonly<Record<string, HelpTopic>> = {
  queues: {
    title: "Queues",
    content: (
      <>
        <p>
          A queue keeps messages on disk until whoever received them has deleted them. A received message is <strong>in flight</strong>:
          nobody else sees it until its visibility timeout is over.
        </p>
        <h3>Standard and FIFO</h3>
        <p>
          A standard queue gives a message at least once, in about the order of sending. A FIFO queue keeps the order within each message
          group, and takes a message with the same deduplication ID once within five minutes.
        </p>
        <h3>Dead-letter queue</h3>
        <p>
          A message that was received more often than the redrive policy allows goes to another queue. <strong>Start DLQ redrive</strong>{" "}
          moves such messages back, or elsewhere.
        </p>
        <h3>Functions</h3>
        <p>
          Let messages run a function by <strong>Add trigger</strong> on the function&apos;s page.
        </p>
      </>
    ),
  },
  "event-trail": {
    title: "Event trail",
    content: (
      <>
        <p>
          Each event of a trigger leaves a trail: produced, received, matched by a filter or not and by which clause, given to the function,
          throttled, failed, brought again, done. So does each asynchronous invocation, with what its destinations were told. Choose an
          event to see its steps, or look for a message or request ID.
        </p>
        <p>
          The trail is kept for a day, of the last 20,000 events. <code>mayfly trail</code> shows the same in a shell.
        </p>
      </>
    ),
  },
  "queue-messages": {
    title: "Send and receive messages",
    content: (
      <>
        <p>
          <strong>Poll for messages</strong> receives what lies in the queue, for as long and for as many messages as the poll settings say.
          What is shown counts as received, and nobody else gets it until the time is over.
        </p>
        <p>A queue with a trigger or other consumers gives messages to whoever asks first: what is missing here they have.</p>
      </>
    ),
  },
};
