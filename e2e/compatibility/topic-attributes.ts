import { expect } from "vitest";
import { acts, kept, refused, type Probe } from "./probe.ts";
import { newQueue, nextBody } from "./topic-queues.ts";
import type { World } from "./world.ts";

type Attributes = Readonly<Record<string, string>>;

let made = 0;

interface Subscribed {
  readonly TopicArn: string;
  readonly SubscriptionArn: string;
  /** Of the queue. */
  readonly name: string;
}

/** A topic of its own, and a queue that is subscribed to it; FIFO if the topic is. */
async function subscribed(w: World, topic: Attributes, subscription: Attributes = {}): Promise<Subscribed> {
  const isFifo = topic["FifoTopic"] === "true";
  const name = `subscribed-${++made}${isFifo ? ".fifo" : ""}`;
  const { TopicArn = "" } = await w.sns.createTopic({ Name: name, Attributes: topic });
  const Endpoint = await newQueue(w, name, isFifo ? { FifoQueue: "true", DeduplicationScope: "messageGroup" } : {});
  const { SubscriptionArn = "" } = await w.sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint, Attributes: subscription });
  return { TopicArn, SubscriptionArn, name };
}

const raw = { RawMessageDelivery: "true" };
const fifo = { FifoTopic: "true", ContentBasedDeduplication: "true" };
const role = "arn:aws:iam::123456789012:role/execution_role";

const keptAs = (name: string, attributes: Attributes, why: string): Probe =>
  kept(name, why, async (w) => {
    const { TopicArn } = await subscribed(w, attributes);
    expect((await w.sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject(attributes);
  });

/** What SetTopicAttributes takes, and what CreateTopic takes beside it. */
export const topicAttributes: readonly Probe[] = [
  keptAs(
    "ArchivePolicy",
    { ...fifo, ArchivePolicy: '{"MessageRetentionPeriod":"1"}' },
    "messages are not archived, and none can be replayed",
  ),
  acts("ContentBasedDeduplication", "the same content is delivered once in five minutes", async (w) => {
    const { TopicArn, name } = await subscribed(w, fifo, raw);
    for (const Message of ["same", "same", "other"]) await w.sns.publish({ TopicArn, Message, MessageGroupId: "g" });
    expect([await nextBody(w, name), await nextBody(w, name)]).toEqual(["same", "other"]);
  }),
  acts("DeliveryPolicy", "how HTTP endpoints are tried again, how fast they are sent to, and with which content type", async (w) => {
    const policy = { http: { defaultHealthyRetryPolicy: { numRetries: 1 }, disableSubscriptionOverrides: true } };
    const { TopicArn } = await subscribed(w, { DeliveryPolicy: JSON.stringify(policy) });
    const { Attributes = {} } = await w.sns.getTopicAttributes({ TopicArn });
    expect(JSON.parse(Attributes["EffectiveDeliveryPolicy"] ?? "")).toMatchObject(policy);
  }),
  acts("DisplayName", "the sender of mails", async (w) => {
    const { TopicArn } = await subscribed(w, { DisplayName: "Orders" });
    expect((await w.sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({ DisplayName: "Orders" });
  }),
  acts("FifoThroughputScope", "MessageGroup: repetitions are looked for in their group alone. Requests are not counted", async (w) => {
    const { TopicArn, name } = await subscribed(w, { ...fifo, FifoThroughputScope: "MessageGroup" }, raw);
    for (const id of ["a", "b"]) await w.sns.publish({ TopicArn, Message: id, MessageGroupId: id, MessageDeduplicationId: "same" });
    expect([await nextBody(w, name), await nextBody(w, name)].sort()).toEqual(["a", "b"]);
  }),
  acts("FifoTopic", "groups in their order, to FIFO and standard queues", async (w) => {
    const { TopicArn, name } = await subscribed(w, fifo, raw);
    for (const Message of ["1", "2"]) await w.sns.publish({ TopicArn, Message, MessageGroupId: "g" });
    expect([await nextBody(w, name), await nextBody(w, name)]).toEqual(["1", "2"]);
  }),
  keptAs("KmsMasterKeyId", { KmsMasterKeyId: "alias/k" }, "there are no keys here: messages lie on disk as they are"),
  ...["Application", "Firehose", "HTTP", "Lambda", "SQS"].flatMap((kind) => [
    keptAs(
      `${kind}FailureFeedbackRoleArn`,
      { [`${kind}FailureFeedbackRoleArn`]: role },
      "what became of deliveries is told by `mayfly trail`, not in logs",
    ),
    keptAs(`${kind}SuccessFeedbackRoleArn`, { [`${kind}SuccessFeedbackRoleArn`]: role }, "the same"),
    keptAs(`${kind}SuccessFeedbackSampleRate`, { [`${kind}SuccessFeedbackSampleRate`]: "50" }, "the same"),
  ]),
  acts("Policy", "obeyed, also of other accounts; without one the owner's alone", async (w) => {
    const Statement = { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*" };
    const { TopicArn } = await subscribed(w, { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await expect(w.sns.publish({ TopicArn, Message: "x" })).rejects.toThrow("explicit deny");
  }),
  acts("SignatureVersion", "2: by SHA-256", async (w) => {
    const { TopicArn, name } = await subscribed(w, { SignatureVersion: "2" });
    await w.sns.publish({ TopicArn, Message: "x" });
    expect(JSON.parse(await nextBody(w, name))).toMatchObject({ SignatureVersion: "2" });
  }),
  keptAs("TracingConfig", { TracingConfig: "Active" }, "the X-Ray header of a message goes on in either case; no traces are kept"),
];

/** What SetSubscriptionAttributes takes. */
export const subscriptionAttributes: readonly Probe[] = [
  acts("DeliveryPolicy", "over the topic's, unless that forbids it", async (w) => {
    const { SubscriptionArn } = await subscribed(w, {}, { DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}' });
    const { Attributes = {} } = await w.sns.getSubscriptionAttributes({ SubscriptionArn });
    expect(JSON.parse(Attributes["DeliveryPolicy"] ?? "")).toMatchObject({ requestPolicy: { headerContentType: "text/csv" } });
  }),
  acts("FilterPolicy", "every operator, on attributes or the body", async (w) => {
    const { TopicArn, name } = await subscribed(w, {}, { ...raw, FilterPolicy: '{"n":[{"numeric":[">",1]}]}' });
    for (const StringValue of ["1", "2"])
      await w.sns.publish({ TopicArn, Message: StringValue, MessageAttributes: { n: { DataType: "Number", StringValue } } });
    expect(await nextBody(w, name)).toBe("2");
  }),
  acts("FilterPolicyScope", "MessageBody: the policy speaks of the message itself, if it is JSON", async (w) => {
    const policy = { FilterPolicy: '{"a":{"b":["c"]}}', FilterPolicyScope: "MessageBody" };
    const { TopicArn, name } = await subscribed(w, {}, { ...raw, ...policy });
    for (const Message of ["no JSON", '{"a":{"b":"d"}}', '{"a":{"b":"c"}}']) await w.sns.publish({ TopicArn, Message });
    expect(await nextBody(w, name)).toBe('{"a":{"b":"c"}}');
  }),
  acts("RawMessageDelivery", "to queues and HTTP endpoints, without the envelope", async (w) => {
    const { TopicArn, name } = await subscribed(w, {}, raw);
    await w.sns.publish({ TopicArn, Message: "bare" });
    expect(await nextBody(w, name)).toBe("bare");
  }),
  acts("RedrivePolicy", "what can't be delivered goes to the dead-letter queue", async (w) => {
    const deadLetterTargetArn = await newQueue(w, "dead-of-topics");
    const { TopicArn, name } = await subscribed(w, {}, { ...raw, RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) });
    await w.sqs.deleteQueue({ QueueUrl: `${w.server.url}/123456789012/${name}` });
    await w.sns.publish({ TopicArn, Message: "undeliverable" });
    expect(await nextBody(w, "dead-of-topics")).toBe("undeliverable");
  }),
  refused("ReplayPolicy", "nothing is archived that could be replayed", async (w) => {
    const call = subscribed(w, fifo, { ReplayPolicy: '{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00Z"}' });
    return call.then(
      () => "",
      (error: Error) => `${error.name}: ${error.message}`,
    );
  }),
  kept("SubscriptionRoleArn", "of use for Firehose alone, which is not there to be subscribed", async (w) => {
    const { SubscriptionArn } = await subscribed(w, {}, { SubscriptionRoleArn: role });
    expect((await w.sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes).toMatchObject({ SubscriptionRoleArn: role });
  }),
];
