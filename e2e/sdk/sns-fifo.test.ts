import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { serveTests } from "@mayfly/testkit/vitest";
import { beforeAll, describe, expect, test } from "vitest";
import { queueFunctions, type TestQueue } from "./queue-functions.ts";
import { topicSubscribers } from "./topic-subscribers.ts";

const { server, clients, restart } = serveTests();
const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
beforeAll(() => $.allowQueues());

const raw = { RawMessageDelivery: "true" };
const fifo = { FifoQueue: "true", DeduplicationScope: "messageGroup" };

/** A FIFO topic and a queue that is subscribed to it. */
async function fifoTopic(name: string, attributes: Record<string, string> = {}, queue = `${name}.fifo`): Promise<[string, TestQueue]> {
  const topic = await $.createTopic(`${name}.fifo`, { FifoTopic: "true", ...attributes });
  const subscribed = await $.createQueue(queue, queue.endsWith(".fifo") ? fifo : {});
  await $.allow(subscribed, topic);
  await $.subscribe(topic, "sqs", subscribed.arn, raw);
  return [topic, subscribed];
}

const bodiesOf = async (queue: TestQueue, count: number) => (await $.take(queue, count)).map(({ Body }) => Body);

test("batches keep their order, message by message and one after the other", async () => {
  const [topic, queue] = await fifoTopic("batches", { ContentBasedDeduplication: "true" });
  const texts = Array.from({ length: 50 }, (_, index) => `${index}`);
  const numbers: string[] = [];
  for (let start = 0; start < texts.length; start += 10) {
    const PublishBatchRequestEntries = texts.slice(start, start + 10).map((Message) => ({ Id: Message, Message, MessageGroupId: "g" }));
    const { Successful = [] } = await clients.sns.send(new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries }));
    numbers.push(...Successful.map(({ SequenceNumber = "" }) => SequenceNumber));
  }
  expect(await bodiesOf(queue, 50)).toEqual(texts);
  expect(numbers.toSorted()).toEqual(numbers);
  expect(new Set(numbers).size).toBe(50);
});

test("a batch that is published again is answered as before, and delivered to nobody", async () => {
  const [topic, queue] = await fifoTopic("again");
  const PublishBatchRequestEntries = ["1", "2"].map((Id) => ({ Id, Message: Id, MessageGroupId: "g", MessageDeduplicationId: Id }));
  const publish = async () => (await clients.sns.send(new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries }))).Successful;
  const first = await publish();
  expect(await publish()).toEqual(first);
  await $.publish(topic, "3", { MessageGroupId: "g", MessageDeduplicationId: "3" });
  expect(await bodiesOf(queue, 3)).toEqual(["1", "2", "3"]);
});

test("a standard queue is sent the messages without their group", async () => {
  const [topic, queue] = await fifoTopic("to-standard", {}, "standard");
  await $.publish(topic, "m", { MessageGroupId: "g", MessageDeduplicationId: "d" });
  const [message] = await $.take(queue, 1);
  expect([message?.Body, message?.Attributes?.MessageGroupId]).toEqual(["m", undefined]);
});

describe("repetitions are looked for", () => {
  const twoGroups = async (topic: string) => {
    for (const MessageGroupId of ["a", "b"]) await $.publish(topic, MessageGroupId, { MessageGroupId, MessageDeduplicationId: "same" });
    await $.publish(topic, "last", { MessageGroupId: "b", MessageDeduplicationId: "other" });
  };

  test("in all groups", async () => {
    const [topic, queue] = await fifoTopic("topic-scope");
    await twoGroups(topic);
    expect((await bodiesOf(queue, 2)).toSorted()).toEqual(["a", "last"]);
  });

  test("in their own with FifoThroughputScope MessageGroup", async () => {
    const [topic, queue] = await fifoTopic("group-scope", { FifoThroughputScope: "MessageGroup" });
    await twoGroups(topic);
    expect((await bodiesOf(queue, 3)).toSorted()).toEqual(["a", "b", "last"]);
  });
});

test("after a kill repetitions are still known, numbers go on, and what was acknowledged is delivered in its order", async () => {
  const [topic, queue] = await fifoTopic("killed");
  const publish = (id: string) => $.publish(topic, id, { MessageGroupId: "g", MessageDeduplicationId: id });
  const before = await publish("1");
  await publish("2");
  await server.kill();
  await restart();
  expect(await publish("1")).toMatchObject({ MessageId: before.MessageId, SequenceNumber: before.SequenceNumber });
  const after = await publish("3");
  expect((after.SequenceNumber ?? "") > (before.SequenceNumber ?? "")).toBe(true);
  expect(await bodiesOf(queue, 3)).toEqual(["1", "2", "3"]);
});
