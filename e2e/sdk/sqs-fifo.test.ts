import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { bodiesOf, countsOf, makeQueue, receive } from "./sqs-queues.ts";

const { clients: aws } = serveTests();

const fifo = { FifoQueue: "true", ContentBasedDeduplication: "true" };

const send = (QueueUrl: string, MessageGroupId: string, MessageBody: string, MessageDeduplicationId?: string) =>
  aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId }));

test("a group's messages come in their order, and none while one is in flight", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "groups.fifo", fifo);
  const sequence: bigint[] = [];
  for (const body of ["a1", "a2", "a3", "b1"]) {
    const sent = await send(QueueUrl, body.charAt(0), body);
    sequence.push(BigInt(sent.SequenceNumber ?? "0"));
  }
  expect(sequence).toEqual([...sequence].sort((x, y) => (x < y ? -1 : 1)));
  const first = await receive(aws.sqs, QueueUrl, { max: 2 });
  expect(bodiesOf(first)).toEqual(["a1", "a2"]);
  expect(first[0]?.Attributes).toMatchObject({ MessageGroupId: "a", SequenceNumber: String(sequence[0]) });
  expect(bodiesOf(await receive(aws.sqs, QueueUrl))).toEqual(["b1"]);
  // The second one of the group is deleted: the first one still holds the third.
  await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first[1]?.ReceiptHandle }));
  expect(await receive(aws.sqs, QueueUrl)).toEqual([]);
  const waiting = receive(aws.sqs, QueueUrl, { seconds: 20 });
  await aws.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first[0]?.ReceiptHandle, VisibilityTimeout: 0 }));
  expect(bodiesOf(await waiting)).toEqual(["a1", "a3"]);
  await expectError(
    aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first[0]?.ReceiptHandle })),
    "InvalidParameterValue",
    400,
    /Reason: The receipt handle has expired\.$/,
  );
});

test("a message is stored once in five minutes, by its id or by its content, also after it was deleted", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "once.fifo", fifo);
  const sent = await send(QueueUrl, "g", "same");
  const again = await send(QueueUrl, "other", "same");
  expect([again.MessageId, again.SequenceNumber]).toEqual([sent.MessageId, sent.SequenceNumber]);
  await send(QueueUrl, "g", "one", "id");
  await send(QueueUrl, "g", "two", "id");
  const messages = await receive(aws.sqs, QueueUrl);
  expect(bodiesOf(messages)).toEqual(["same", "one"]);
  expect(messages[1]?.Attributes?.["MessageDeduplicationId"]).toBe("id");
  for (const { ReceiptHandle } of messages) await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  await send(QueueUrl, "g", "same");
  expect(await receive(aws.sqs, QueueUrl)).toEqual([]);
});

test("with high throughput a message is compared with those of its group alone", async () => {
  const attributes = { ...fifo, DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" };
  const QueueUrl = await makeQueue(aws.sqs, "high.fifo", attributes);
  for (const group of ["a", "b", "a"]) await send(QueueUrl, group, "same");
  expect((await receive(aws.sqs, QueueUrl)).map(({ Attributes }) => Attributes?.["MessageGroupId"])).toEqual(["a", "b"]);
  await expectError(
    aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DeduplicationScope: "queue" } })),
    "InvalidAttributeValue",
    400,
  );
});

test("a receive whose answer was lost is repeated by its attempt id", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "attempts.fifo", fifo);
  for (const body of ["1", "2"]) await send(QueueUrl, "g", body);
  const attempt = () => aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 2, ReceiveRequestAttemptId: "attempt" }));
  const { Messages: first = [] } = await attempt();
  expect(bodiesOf(first)).toEqual(["1", "2"]);
  expect((await attempt()).Messages).toEqual(first);
  await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first[0]?.ReceiptHandle }));
  expect((await attempt()).Messages).toBeUndefined();
});

test("a queue's delay holds for what is there already, and no message has one of its own", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "delayed.fifo", { ...fifo, DelaySeconds: "900" });
  await send(QueueUrl, "g", "1");
  expect(await countsOf(aws.sqs, QueueUrl)).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  const waiting = receive(aws.sqs, QueueUrl, { seconds: 20 });
  await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: "0" } }));
  expect(bodiesOf(await waiting)).toEqual(["1"]);
  await expectError(
    aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "2", MessageGroupId: "g", DelaySeconds: 2 })),
    "InvalidParameterValue",
    400,
    "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
  );
});

test("what a FIFO queue must be told is missed in AWS's words", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "explicit.fifo", { FifoQueue: "true" });
  await expectError(
    aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
    "MissingParameter",
    400,
    "The request must contain the parameter MessageGroupId.",
  );
  await expectError(
    send(QueueUrl, "g", "x"),
    "InvalidParameterValue",
    400,
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
  await expectError(
    makeQueue(aws.sqs, "no-suffix", { FifoQueue: "true" }),
    "InvalidParameterValue",
    400,
    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
  );
});

test("order holds in every group while consumers fail in every way", async () => {
  const groupCount = 8;
  const perGroup = 60;
  const QueueUrl = await makeQueue(aws.sqs, "failures.fifo", fifo);
  const groups = Array.from({ length: groupCount }, (_, group) => `g${group}`);
  await Promise.all(
    groups.map(async (MessageGroupId) => {
      for (let from = 0; from < perGroup; from += 10) {
        const Entries = Array.from({ length: 10 }, (_, at) => ({
          Id: String(at),
          MessageGroupId,
          MessageBody: `${MessageGroupId} ${from + at}`,
        }));
        await aws.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    }),
  );
  const left = new Map(groups.map((group) => [group, Array.from({ length: perGroup }, (_, at) => at)]));
  const held = new Set<string>();

  /** A group's messages that were received are its first ones, and nobody else has any. */
  const take = (messages: readonly Message[]): Map<string, Message[]> => {
    const byGroup = new Map<string, Message[]>();
    for (const message of messages) {
      const group = message.Attributes?.["MessageGroupId"] ?? "";
      byGroup.set(group, [...(byGroup.get(group) ?? []), message]);
    }
    for (const [group, mine] of byGroup) {
      expect(held.has(group), `${group} is locked`).toBe(false);
      held.add(group);
      const numbers = mine.map(({ Body = "" }) => Number(Body.split(" ")[1]));
      expect(numbers).toEqual(left.get(group)?.slice(0, numbers.length));
    }
    return byGroup;
  };

  const fail = async (group: string, messages: readonly Message[]): Promise<void> => {
    const done = messages.filter(() => Math.random() < 0.7);
    const kept = messages.filter((message) => !done.includes(message));
    const seconds = Math.random() < 0.8 ? 0 : 1;
    const numbers = new Set(done.map(({ Body = "" }) => Number(Body.split(" ")[1])));
    const entries = (some: readonly Message[]) => some.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    // What is done last frees the group: from before it on, somebody else may have it.
    left.set(group, left.get(group)?.filter((number) => !numbers.has(number)) ?? []);
    if (kept.length === 0) held.delete(group);
    if (done.length > 0)
      expect((await aws.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entries(done) }))).Failed).toEqual([]);
    if (kept.length === 0) return;
    held.delete(group);
    const Entries = entries(kept).map((entry) => ({ ...entry, VisibilityTimeout: seconds }));
    expect((await aws.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }))).Failed).toEqual([]);
  };

  const consume = async (): Promise<void> => {
    while ([...left.values()].some((numbers) => numbers.length > 0)) {
      const messages = await receive(aws.sqs, QueueUrl, { seconds: 1, visibility: 120, max: 1 + Math.floor(Math.random() * 10) });
      for (const [group, mine] of take(messages)) await fail(group, mine);
    }
  };
  await Promise.all(Array.from({ length: 12 }, consume));
  expect(await countsOf(aws.sqs, QueueUrl)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
}, 120_000);
