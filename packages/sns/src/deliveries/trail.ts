import type { EventTrail, TrailStep } from "@mayfly/kernel";
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
  const place = { accountId, region, sourceArn: topicArn(topic), mappingUuid: subscriptionArn, functionArn: withoutPassword(endpoint) };
  trail.note(place, messageId, step);
}

/** A web endpoint's URL may have a password, which not everybody may know who may read trails. */
const withoutPassword = (endpoint: string): string => endpoint.replace(/^(https?:\/\/[^/?#:@]*):[^/?#]*@/, "$1:****@");

/** Tells what the topic itself knows of a message, whoever is to have it: that nobody is, or that it came before. */
export function noteOfTopic(trail: EventTrail, topic: TopicKey, messageId: string, step: TrailStep): void {
  const { accountId, region } = topic;
  trail.note({ accountId, region, sourceArn: topicArn(topic), mappingUuid: "", functionArn: "" }, messageId, step);
}
