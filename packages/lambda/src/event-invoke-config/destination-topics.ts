import type { Identity } from "@mayfly/kernel";
import type { QueueMessage } from "./destination-queues.ts";

/** Topics that take what became of asynchronous events, published in the name of the function's execution role. */
export interface DestinationTopics {
  /** Whether there is such a topic. @throws AccessDenied if the role may not publish to it */
  canPublish(arn: string, role: Identity): Promise<boolean>;
  /** Resolves when the topic has the message, with its id. @throws Fault or AccessDenied if it does not take it */
  publish(arn: string, role: Identity, message: TopicMessage): Promise<string>;
}

/** What a topic is sent: as a queue is. */
type TopicMessage = Pick<QueueMessage, "body" | "attributes">;
