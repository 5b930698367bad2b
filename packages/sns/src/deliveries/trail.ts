import type { EventTrail, TrailPlace, TrailStep } from "@mayfly/kernel";
import type { TopicKey } from "../topics/topic.ts";
import { topicArn } from "../topics/topic.ts";
import type { ConfirmationReceiver } from "./stored-message.ts";

/** Tells what happened to a message on its way to a subscription. */
export function note(
  trail: EventTrail,
  topic: TopicKey,
  { subscriptionArn, endpoint }: Pick<ConfirmationReceiver, "subscriptionArn" | "endpoint">,
  messageId: string,
  step: TrailStep,
): void {
  const { accountId, region } = topic;
  const place: TrailPlace = { accountId, region, sourceArn: topicArn(topic), mappingUuid: subscriptionArn, functionArn: endpoint };
  trail.note(place, messageId, step);
}

/** Tells that a message was published that nobody is to have. */
export function noteProduced(trail: EventTrail, topic: TopicKey, messageId: string, step: TrailStep): void {
  const { accountId, region } = topic;
  trail.note({ accountId, region, sourceArn: topicArn(topic), mappingUuid: "", functionArn: "" }, messageId, step);
}
