import type { HelpTopic } from "../help-topic.ts";

/** The pages of topics. */
export const snsTopics: Readonly<Record<string, HelpTopic>> = {
  topics: {
    title: "Topics",
    content: (
      <>
        <p>
          What is published to a topic goes to every subscription whose filter matches it: functions, queues, web addresses, e-mail. A
          message is on disk before its publisher is answered, and deliveries go on after a restart.
        </p>
        <h3>Standard and FIFO</h3>
        <p>
          A standard topic delivers at least once, in about the order of publishing. A FIFO topic delivers to queues, keeps the order within
          each message group, and takes a message with the same deduplication ID once within five minutes.
        </p>
        <h3>Functions</h3>
        <p>
          Let a topic run a function by <strong>Add trigger</strong> on the function&apos;s page, or by a subscription.
        </p>
      </>
    ),
  },
  subscriptions: {
    title: "Subscriptions",
    content: (
      <>
        <p>
          A subscription brings a topic&apos;s messages to one endpoint. A function&apos;s or queue&apos;s policy must let the topic in;
          whoever owns a web or e-mail address must confirm the subscription first.
        </p>
        <h3>Filter policy</h3>
        <p>
          JSON that names message attributes, or members of the body, with the values that match:{" "}
          <code>{'{"kind": ["order", {"prefix": "return"}]}'}</code>. Whatever does not match does not come.
        </p>
        <h3>Redrive policy</h3>
        <p>A message that can&apos;t be delivered goes to a dead-letter queue, with the reason in its attributes.</p>
      </>
    ),
  },
  outbox: {
    title: "E-mail outbox",
    content: (
      <p>
        This server sends no e-mail. What topics would send to subscribed addresses lies here, and so do the links by which a subscription
        is confirmed: choose a mail and <strong>Confirm subscription</strong>.
      </p>
    ),
  },
  publish: {
    title: "Publish message",
    content: (
      <p>
        The message goes to all subscriptions whose filter policy matches. With a <strong>custom payload</strong> each protocol gets its own
        text. The event trail of the topic tells what became of it.
      </p>
    ),
  },
};
