import { expect } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { acts, type Probe } from "../probe.ts";
import type { World } from "../world.ts";

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const urlOf = ({ server }: World, name: string): string => `${server.url}/123456789012/${name}`;
const probed = (w: World): string => urlOf(w, "probed");

/** One message with its handle, which waits if there is none. */
async function receiveOne({ sqs }: World, QueueUrl: string, VisibilityTimeout = 30) {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, VisibilityTimeout, WaitTimeSeconds: 5 });
  return Messages[0];
}

async function countOf({ sqs }: World, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
  return Attributes?.ApproximateNumberOfMessages;
}

/** What is done with queues themselves. */
const ofQueues: readonly Probe[] = [
  acts("CreateQueue", "standard and FIFO; the queue takes messages", async (w) => {
    expect(await w.sqs.createQueue({ QueueName: "probed" })).toMatchObject({ QueueUrl: probed(w) });
    await w.sqs.createQueue({ QueueName: "dead" });
    await w.sqs.createQueue({ QueueName: "other" });
  }),
  acts("GetQueueUrl", "under the host that the client used", async (w) => {
    expect(await w.sqs.getQueueUrl({ QueueName: "probed" })).toMatchObject({ QueueUrl: probed(w) });
  }),
  acts("ListQueues", "by prefix and by pages", async (w) => {
    expect((await w.sqs.listQueues({ QueueNamePrefix: "pro" })).QueueUrls).toEqual([probed(w)]);
  }),
  acts("SetQueueAttributes", "what is set holds from now on", async (w) => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 1 });
    await w.sqs.setQueueAttributes({ QueueUrl: probed(w), Attributes: { RedrivePolicy, VisibilityTimeout: "25" } });
  }),
  acts(
    "GetQueueAttributes",
    "what was set, what holds without, and counts of messages, which are exact up to 20,000 in flight or delayed",
    async (w) => {
      const { Attributes } = await w.sqs.getQueueAttributes({ QueueUrl: probed(w), AttributeNames: ["All"] });
      expect(Attributes).toMatchObject({ VisibilityTimeout: "25", DelaySeconds: "0", ApproximateNumberOfMessages: "0" });
    },
  ),
  acts("ListDeadLetterSourceQueues", "those that redrive to it", async (w) => {
    expect((await w.sqs.listDeadLetterSourceQueues({ QueueUrl: urlOf(w, "dead") })).queueUrls).toEqual([probed(w)]);
  }),
  acts("TagQueue", "also conditions of policies see it", async (w) => {
    await w.sqs.tagQueue({ QueueUrl: probed(w), Tags: { a: "1", b: "2" } });
  }),
  acts("UntagQueue", "it is gone", async (w) => {
    await w.sqs.untagQueue({ QueueUrl: probed(w), TagKeys: ["b"] });
  }),
  acts("ListQueueTags", "what is left", async (w) => {
    expect((await w.sqs.listQueueTags({ QueueUrl: probed(w) })).Tags).toEqual({ a: "1" });
  }),
  acts("AddPermission", "a statement of the queue's policy, which is obeyed", async (w) => {
    await w.sqs.addPermission({ QueueUrl: probed(w), Label: "l", AWSAccountIds: ["111122223333"], Actions: ["SendMessage"] });
    const { Attributes } = await w.sqs.getQueueAttributes({ QueueUrl: probed(w), AttributeNames: ["Policy"] });
    expect(Attributes?.Policy).toContain('"Sid":"l"');
  }),
  acts("RemovePermission", "the statement is gone", async (w) => {
    await w.sqs.removePermission({ QueueUrl: probed(w), Label: "l" });
    expect((await w.sqs.getQueueAttributes({ QueueUrl: probed(w), AttributeNames: ["Policy"] })).Attributes).toBeUndefined();
  }),
];

/** What is done with messages. */
const ofMessages: readonly Probe[] = [
  acts("SendMessage", "on disk before the answer", async (w) => {
    await w.sqs.sendMessage({ QueueUrl: probed(w), MessageBody: "one" });
    expect(await countOf(w, probed(w))).toBe("1");
  }),
  acts("ReceiveMessage", "nobody else is given the message meanwhile; long polling", async (w) => {
    const message = await receiveOne(w, probed(w));
    expect(message?.Body).toBe("one");
    expect((await w.sqs.receiveMessage({ QueueUrl: probed(w) })).Messages).toBeUndefined();
    held = message?.ReceiptHandle ?? "";
  }),
  acts("ChangeMessageVisibility", "the message is there again; received once too often it goes to the dead-letter queue", async (w) => {
    await w.sqs.changeMessageVisibility({ QueueUrl: probed(w), ReceiptHandle: held, VisibilityTimeout: 0 });
    expect((await w.sqs.receiveMessage({ QueueUrl: probed(w) })).Messages).toBeUndefined();
    expect(await countOf(w, urlOf(w, "dead"))).toBe("1");
  }),
  acts("StartMessageMoveTask", "back to where the messages came from, or to another queue", async (w) => {
    await w.sqs.startMessageMoveTask({ SourceArn: arnOf("dead") });
    await waitFor("the message to be back", async () => (await countOf(w, probed(w))) === "1");
  }),
  acts("ListMessageMoveTasks", "with their progress", async (w) => {
    const status = async () => (await w.sqs.listMessageMoveTasks({ SourceArn: arnOf("dead") })).Results?.[0];
    await waitFor("the task to be over", async () => (await status())?.Status === "COMPLETED");
    expect(await status()).toMatchObject({ ApproximateNumberOfMessagesMoved: 1 });
  }),
  acts("CancelMessageMoveTask", "no more are moved", async (w) => {
    const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: String(at) }));
    await w.sqs.sendMessageBatch({ QueueUrl: urlOf(w, "dead"), Entries });
    const task = { SourceArn: arnOf("dead"), DestinationArn: arnOf("other"), MaxNumberOfMessagesPerSecond: 1 };
    const { TaskHandle } = await w.sqs.startMessageMoveTask(task);
    await w.sqs.cancelMessageMoveTask({ TaskHandle });
    const status = async () => (await w.sqs.listMessageMoveTasks({ SourceArn: arnOf("dead") })).Results?.[0]?.Status;
    await waitFor("the task to be cancelled", async () => (await status()) === "CANCELLED");
    expect(Number(await countOf(w, urlOf(w, "dead")))).toBeGreaterThan(5);
  }),
  acts("DeleteMessage", "by the newest receipt handle", async (w) => {
    const message = await receiveOne(w, probed(w));
    await w.sqs.deleteMessage({ QueueUrl: probed(w), ReceiptHandle: message?.ReceiptHandle });
    expect(await countOf(w, probed(w))).toBe("0");
  }),
  acts("SendMessageBatch", "each entry for itself", async (w) => {
    const Entries = [
      { Id: "good", MessageBody: "good" },
      { Id: "bad", MessageBody: "\u0001" },
    ];
    const { Successful, Failed } = await w.sqs.sendMessageBatch({ QueueUrl: probed(w), Entries });
    expect([Successful?.length, Failed?.[0]?.Code]).toEqual([1, "InvalidMessageContents"]);
  }),
  acts("ChangeMessageVisibilityBatch", "each entry for itself", async (w) => {
    held = (await receiveOne(w, probed(w)))?.ReceiptHandle ?? "";
    const Entries = [
      { Id: "good", ReceiptHandle: held, VisibilityTimeout: 60 },
      { Id: "bad", ReceiptHandle: "junk", VisibilityTimeout: 60 },
    ];
    const { Successful, Failed } = await w.sqs.changeMessageVisibilityBatch({ QueueUrl: probed(w), Entries });
    expect([Successful?.length, Failed?.[0]?.Code]).toEqual([1, "ReceiptHandleIsInvalid"]);
  }),
  acts("DeleteMessageBatch", "each entry for itself", async (w) => {
    const { Successful } = await w.sqs.deleteMessageBatch({ QueueUrl: probed(w), Entries: [{ Id: "1", ReceiptHandle: held }] });
    expect(Successful).toEqual([{ Id: "1" }]);
  }),
  acts("PurgeQueue", "once in 60 seconds", async (w) => {
    await w.sqs.sendMessage({ QueueUrl: probed(w), MessageBody: "x" });
    await w.sqs.purgeQueue({ QueueUrl: probed(w) });
    expect(await countOf(w, probed(w))).toBe("0");
    await expect(w.sqs.purgeQueue({ QueueUrl: probed(w) })).rejects.toThrow("Only one PurgeQueue operation");
  }),
  acts("DeleteQueue", "its name is free again after 60 seconds", async (w) => {
    await w.sqs.deleteQueue({ QueueUrl: probed(w) });
    await expect(w.sqs.createQueue({ QueueName: "probed" })).rejects.toThrow("You must wait 60 seconds");
  }),
];

let held = "";

/** SQS, whole. */
export const queueOperations: readonly Probe[] = [...ofQueues, ...ofMessages];
