import type { InputOf, RequestContext } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { onTopic } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { readMessage } from "../messages/read-message.ts";
import type { SnsOperation } from "../resources.ts";
import { topicKeyOfArn, type TopicKey } from "../topics/topic.ts";

type Input = InputOf<"sns", "Publish">;
type NamesTarget = { readonly [K in "TopicArn" | "TargetArn" | "PhoneNumber"]?: Input[K] };

const onTargetTopic = onTopic<Input>("SNS:Publish", targetOf);

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const publish: SnsOperation<"Publish"> = {
  iam: {
    ...onTargetTopic,
    resource: (ctx, input, resources) => (isToPhone(input) ? "*" : onTargetTopic.resource(ctx, input, resources)),
    conditionKeys: (ctx, input, resources) => (isToPhone(input) ? {} : onTargetTopic.conditionKeys(ctx, input, resources)),
    resourcePolicy: (ctx, input, resources) => (isToPhone(input) ? undefined : onTargetTopic.resourcePolicy?.(ctx, input, resources)),
  },
  async run({ topics, deliveries, clock }, ctx, input) {
    // No text message can be sent from here.
    if (isToPhone(input)) throw invalidValue("PhoneNumber", `${input.PhoneNumber ?? ""} is not valid to publish to`);
    const key = targetOf(ctx, input);
    const topic = topics.peek(key) ?? (await topics.get(key));
    const { message, bytes } = readMessage(ctx, topic, input, clock.now());
    if (bytes > limits.messageBytes) throw invalidParameter("Message too long");
    const { messageId, sequenceNumber } = await deliveries.accept(message, topic.subscriptions);
    return { MessageId: messageId, ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }) };
  },
};

const isToPhone = ({ TopicArn, TargetArn, PhoneNumber }: NamesTarget): boolean =>
  PhoneNumber !== undefined && TopicArn === undefined && TargetArn === undefined;

/** The topic that a message is for. @throws Fault InvalidParameter */
function targetOf(ctx: RequestContext, { TopicArn, TargetArn, PhoneNumber }: NamesTarget): TopicKey {
  if ([TopicArn, TargetArn, PhoneNumber].filter((each) => each !== undefined).length > 1)
    throw invalidParameter("Only one of TopicArn, TargetArn and PhoneNumber may be given");
  if (TopicArn !== undefined) return topicKeyOfArn(ctx, TopicArn);
  if (TargetArn === undefined) throw invalidValue("TopicArn or TargetArn", "no value for required parameter");
  if (/^arn:[\w-]+:sns:[\w-]*:\d{12}:(endpoint|app)\//.test(TargetArn))
    throw invalidValue("TargetArn", "No endpoint found for the target arn specified");
  return topicKeyOfArn(ctx, TargetArn, "TargetArn");
}
