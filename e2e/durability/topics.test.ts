import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, scaled, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";
import { queueFunctions, type TestQueue } from "../sdk/queue-functions.ts";
import { startEndpoint, topicSubscribers, type Envelope, type WebEndpoint } from "../sdk/topic-subscribers.ts";

const kills = scaled(3, 20);
const publishers = 3;
const groups = 3;
/** Longest that a round may last before the kill. Milliseconds. */
const longestRoundMs = 1_500;
/** Of acknowledged messages, so that what is to be told of them stays readable. */
const roundCount = scaled(150, 300);

let folder: string;
let server: ServerProcess | undefined;
let web: WebEndpoint;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-topics-"));
  web = await startEndpoint();
});
afterEach(async () => {
  await server?.dispose();
  await web.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Messages that were acknowledged, by publisher in their order. */
type Published = Map<string, string[]>;

const listOf = (map: Published, key: string): string[] => {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
};

let counter = 0;

/** Publishes until the server is killed, one batch after the other: the order of a publisher's messages is that of its group. */
async function publish({ sns }: Clients, TopicArn: string, published: Published, name: string): Promise<void> {
  const isFifo = TopicArn.endsWith(".fifo");
  for (let count = 0; count < roundCount;) {
    const bodies = Array.from({ length: 5 }, () => `${name}-${String(++counter).padStart(8, "0")}`);
    const PublishBatchRequestEntries = bodies.map((Message, at) => ({
      Id: String(at),
      Message,
      ...(isFifo && { MessageGroupId: name, MessageDeduplicationId: Message }),
    }));
    const { Successful = [] } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(Successful).toHaveLength(bodies.length);
    listOf(published, name).push(...bodies);
    count += bodies.length;
  }
}

/** Load on both topics, and a kill at some moment of it. */
async function round(running: ServerProcess, clients: Clients, topics: readonly { arn: string; published: Published }[]): Promise<void> {
  const isAcknowledged = ({ published }: { published: Published }) => [...published.values()].flat().length;
  const before = topics.map(isAcknowledged);
  const settled = Promise.allSettled(
    topics.flatMap(({ arn, published }) =>
      Array.from({ length: arn.endsWith(".fifo") ? groups : publishers }, (_, at) => publish(clients, arn, published, `p${at}`)),
    ),
  );
  await waitFor("messages to be on their way", () => topics.every((topic, at) => isAcknowledged(topic) > (before[at] ?? 0)));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longestRoundMs));
  await running.kill();
  // Whatever failed for another reason than the kill must be told.
  for (const outcome of await settled) {
    if (outcome.status === "rejected" && (outcome.reason as Error).name === "AssertionError") throw outcome.reason as Error;
  }
}

/** Takes messages until all that are wanted have come; answers them in the order in which each came first. */
async function drain({ sqs }: Clients, { url: QueueUrl }: TestQueue, wanted: readonly string[]): Promise<readonly string[]> {
  const seen = new Set<string>();
  await waitFor(
    "the messages in the queue",
    async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
      for (const { Body = "" } of Messages) seen.add(Body);
      const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return wanted.every((body) => seen.has(body));
    },
    120_000,
  );
  return [...seen];
}

test(
  `${kills} times kill -9 while messages are published: each that was acknowledged gets to the queue, the function and the endpoint, and no group loses its order`,
  async () => {
    const start = async () => {
      server = await startServerProcess({ dataFolder: join(folder, "data") });
      return { running: server, clients: clientsFor(server) };
    };
    let { running, clients } = await start();
    const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
    await $.allowQueues();
    const raw = { RawMessageDelivery: "true" };
    const standard = { arn: await $.createTopic("drill"), published: new Map<string, string[]>() };
    const ordered = { arn: await $.createTopic("drill.fifo", { FifoTopic: "true" }), published: new Map<string, string[]>() };
    const [queue, orderedQueue] = [await $.createQueue("drill"), await $.createQueue("drill.fifo", { FifoQueue: "true" })];
    await $.allow(queue, standard.arn);
    await $.allow(orderedQueue, ordered.arn);
    await $.subscribe(standard.arn, "sqs", queue.arn, raw);
    await $.subscribe(ordered.arn, "sqs", orderedQueue.arn, raw);
    await $.createFunction(
      "drill",
      `exports.handler = async ({ Records }) => console.log("TOLD " + JSON.stringify(Records[0].Sns.Message));`,
    );
    await $.allowFunction("drill", standard.arn);
    await $.subscribe(standard.arn, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:drill");
    await $.subscribeWeb(standard.arn, web);

    for (let kill = 0; kill < kills; kill++) {
      await round(running, clients, [standard, ordered]);
      clients.destroy();
      ({ running, clients } = await start());
    }
    const wanted = [...standard.published.values()].flat();
    const missingOf = (seen: ReadonlySet<string>) => wanted.filter((body) => !seen.has(body));
    await drain(clients, queue, wanted);
    const seen = await drain(clients, orderedQueue, [...ordered.published.values()].flat());
    for (const name of ordered.published.keys()) {
      const ofGroup = seen.filter((body) => body.startsWith(`${name}-`));
      expect(ofGroup).toEqual(ofGroup.toSorted());
    }
    const posted = () => new Set(web.of().map(({ body }) => (JSON.parse(body) as Envelope)["Message"] ?? ""));
    await waitFor("the endpoint to have all", () => missingOf(posted()).length === 0, 120_000);
    const { logged } = queueFunctions(clients);
    await waitFor("the function to have all", async () => missingOf(new Set(await logged<string>("drill"))).length === 0, 300_000);
    clients.destroy();
  },
  scaled(180_000, 900_000),
);
