import { expect } from "vitest";
import { acts, kept, type Probe } from "./probe.ts";
import type { World } from "./world.ts";

type Attributes = Readonly<Record<string, string>>;

let made = 0;
/** A queue of its own with the attributes. */
async function queueWith({ sqs }: World, Attributes: Attributes): Promise<string> {
  const QueueName = `attributes-${++made}${Attributes["FifoQueue"] === "true" ? ".fifo" : ""}`;
  return (await sqs.createQueue({ QueueName, Attributes })).QueueUrl ?? "";
}

const countsOf = async ({ sqs }: World, QueueUrl: string) =>
  (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] })).Attributes;
const receive = async ({ sqs }: World, QueueUrl: string) =>
  (await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ["All"] })).Messages ?? [];

const keptAs = (name: string, attributes: Attributes, why: string): Probe =>
  kept(name, why, async (w) => {
    expect(await countsOf(w, await queueWith(w, attributes))).toMatchObject(attributes);
  });

/** What SetQueueAttributes takes. */
export const queueAttributes: readonly Probe[] = [
  acts("ContentBasedDeduplication", "the same content is stored once in five minutes", async (w) => {
    const QueueUrl = await queueWith(w, { FifoQueue: "true", ContentBasedDeduplication: "true" });
    for (const MessageGroupId of ["a", "b"]) await w.sqs.sendMessage({ QueueUrl, MessageBody: "same", MessageGroupId });
    expect(await receive(w, QueueUrl)).toHaveLength(1);
  }),
  acts("DeduplicationScope", "of its group alone, with messageGroup", async (w) => {
    const QueueUrl = await queueWith(w, { FifoQueue: "true", ContentBasedDeduplication: "true", DeduplicationScope: "messageGroup" });
    for (const MessageGroupId of ["a", "b"]) await w.sqs.sendMessage({ QueueUrl, MessageBody: "same", MessageGroupId });
    expect(await receive(w, QueueUrl)).toHaveLength(2);
  }),
  acts("DelaySeconds", "messages come later", async (w) => {
    const QueueUrl = await queueWith(w, { DelaySeconds: "900" });
    await w.sqs.sendMessage({ QueueUrl, MessageBody: "x" });
    expect(await countsOf(w, QueueUrl)).toMatchObject({ ApproximateNumberOfMessagesDelayed: "1" });
  }),
  acts("FifoQueue", "groups in their order", async (w) => {
    const QueueUrl = await queueWith(w, { FifoQueue: "true" });
    for (const id of ["1", "2"]) await w.sqs.sendMessage({ QueueUrl, MessageBody: id, MessageGroupId: "g", MessageDeduplicationId: id });
    expect((await receive(w, QueueUrl)).map(({ Body }) => Body)).toEqual(["1", "2"]);
  }),
  keptAs(
    "FifoThroughputLimit",
    { FifoQueue: "true", DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" },
    "requests are not counted: every queue is as fast as the machine; perMessageGroupId needs the scope messageGroup, as on AWS",
  ),
  keptAs("KmsDataKeyReusePeriodSeconds", { KmsMasterKeyId: "alias/k", KmsDataKeyReusePeriodSeconds: "6000" }, "there are no keys here"),
  keptAs("KmsMasterKeyId", { KmsMasterKeyId: "alias/k", SqsManagedSseEnabled: "false" }, "there are no keys here"),
  acts("MaximumMessageSize", "1 KiB to 1 MiB; a longer message is refused", async (w) => {
    const QueueUrl = await queueWith(w, { MaximumMessageSize: "1024" });
    await expect(w.sqs.sendMessage({ QueueUrl, MessageBody: "x".repeat(1025) })).rejects.toThrow("must be shorter than 1024 bytes");
  }),
  acts(
    "MessageRetentionPeriod",
    "older messages are gone; how long it takes no run waits for, a test with a clock of its own does",
    async (w) => {
      const QueueUrl = await queueWith(w, { MessageRetentionPeriod: "60" });
      expect(await countsOf(w, QueueUrl)).toMatchObject({ MessageRetentionPeriod: "60" });
    },
  ),
  acts("Policy", "obeyed, also of other accounts", async (w) => {
    const Statement = { Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const QueueUrl = await queueWith(w, { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await expect(w.sqs.sendMessage({ QueueUrl, MessageBody: "x" })).rejects.toThrow("explicit deny");
  }),
  acts("ReceiveMessageWaitTimeSeconds", "who does not say waits that long", async (w) => {
    const QueueUrl = await queueWith(w, { ReceiveMessageWaitTimeSeconds: "20" });
    const waiting = receive(w, QueueUrl);
    await w.sqs.sendMessage({ QueueUrl, MessageBody: "x" });
    expect(await waiting).toHaveLength(1);
  }),
  acts("RedriveAllowPolicy", "others can't use the queue for their dead letters", async (w) => {
    await queueWith(w, { RedriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }) });
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:123456789012:attributes-${made}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    await expect(queueWith(w, { RedrivePolicy })).rejects.toThrow("RedrivePolicy is invalid");
  }),
  acts("RedrivePolicy", "what is received too often goes to the dead-letter queue", async (w) => {
    const dead = await queueWith(w, {});
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:123456789012:attributes-${made}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    const QueueUrl = await queueWith(w, { RedrivePolicy, VisibilityTimeout: "0" });
    await w.sqs.sendMessage({ QueueUrl, MessageBody: "x" });
    expect([await receive(w, QueueUrl), await receive(w, QueueUrl), await receive(w, dead)]).toMatchObject([
      [{ Body: "x" }],
      [],
      [{ Body: "x" }],
    ]);
  }),
  keptAs("SqsManagedSseEnabled", { SqsManagedSseEnabled: "true" }, "messages lie on disk as they are"),
  acts("VisibilityTimeout", "a message is hidden that long", async (w) => {
    const QueueUrl = await queueWith(w, { VisibilityTimeout: "0" });
    await w.sqs.sendMessage({ QueueUrl, MessageBody: "x" });
    expect([await receive(w, QueueUrl), await receive(w, QueueUrl)]).toMatchObject([[{ Body: "x" }], [{ Body: "x" }]]);
  }),
];
