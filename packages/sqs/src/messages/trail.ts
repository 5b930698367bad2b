import type { RequestContext, TrailPlace } from "@mayfly/kernel";
import { queueArn, type QueueKey } from "../queues/queue.ts";
import type { SqsResources } from "../resources.ts";

/** What the queue itself says of a message, whoever receives it. */
const placeOf = (queue: QueueKey): TrailPlace => ({
  accountId: queue.accountId,
  region: queue.region,
  sourceArn: queueArn(queue),
  mappingUuid: "",
  functionArn: "",
});

/** Tells who sent messages, and which of them are repetitions: those have the ids of the first ones. */
export function tellSent(
  { trail }: Pick<SqsResources, "trail">,
  { principal, sourceArn, requestId }: Pick<RequestContext, "principal" | "sourceArn" | "requestId">,
  queue: QueueKey,
  sent: readonly { readonly messageId: string }[],
  stored: readonly { readonly messageId: string }[],
): void {
  const place = placeOf(queue);
  const by = sourceArn ?? principal.arn;
  for (const [at, { messageId }] of stored.entries()) {
    const kind = messageId === sent[at]?.messageId ? "produced" : "repeated";
    trail.note(place, messageId, { kind, by, requestId });
  }
}

/** Tells who received messages. What a mapping here receives it tells itself, and better. */
export function tellTaken(
  { trail }: Pick<SqsResources, "trail">,
  { principal, requestId, tellsTrail }: Pick<RequestContext, "principal" | "requestId" | "tellsTrail">,
  queue: QueueKey,
  messages: readonly { readonly messageId: string; readonly receiveCount: number }[],
): void {
  if (tellsTrail || messages.length === 0) return;
  const place = placeOf(queue);
  for (const { messageId, receiveCount } of messages) {
    trail.note(place, messageId, { kind: "taken", by: principal.arn, receiveCount, requestId });
  }
}

/** Tells that a message was moved on, where it has another id. */
export function tellMoved({ trail }: Pick<SqsResources, "trail">, from: QueueKey, to: QueueKey, messageId: string, newId: string): void {
  const [source, target] = [placeOf(from), placeOf(to)];
  trail.note(source, messageId, { kind: "moved", queueArn: target.sourceArn, messageId: newId });
  trail.note(target, newId, { kind: "produced", by: source.sourceArn, messageId });
}

/** Tells that messages went to the dead-letter queue, which has them from now on. */
export function tellDeadLettered(
  { trail }: Pick<SqsResources, "trail">,
  from: QueueKey,
  to: QueueKey,
  messageIds: readonly string[],
): void {
  if (messageIds.length === 0) return;
  const [source, target] = [placeOf(from), placeOf(to)];
  for (const messageId of messageIds) {
    trail.note(source, messageId, { kind: "dead-lettered", queueArn: target.sourceArn });
    trail.note(target, messageId, { kind: "produced", by: source.sourceArn });
  }
}
