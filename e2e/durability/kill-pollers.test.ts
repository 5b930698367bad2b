import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { beforeAll, expect, test } from "vitest";
import { scaled, waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { queueFunctions, type TestQueue } from "../sdk/queue-functions.ts";

const { server, clients, restart } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

const kills = scaled(2, 20);
const groups = ["a", "b", "c", "d"];

/** Passes on what it is given, in order, before it says that it is done with it. */
const forwarding = `
const { SQSClient, SendMessageBatchCommand } = require("@aws-sdk/client-sqs");
const client = new SQSClient({});
exports.handler = async ({ Records }, { awsRequestId }) => {
  const Entries = Records.map(({ body, attributes }, index) => ({
    Id: String(index),
    MessageBody: body,
    MessageGroupId: attributes.MessageGroupId,
    MessageDeduplicationId: awsRequestId + "-" + index,
  }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: process.env.RESULTS, Entries }));
  if (Failed.length > 0) throw new Error(JSON.stringify(Failed));
};`;

/** What came out, group by group, in order. Received side by side: while messages of a group are in flight nobody else is given any of it. */
async function results(queue: TestQueue, isEnough: (all: ReadonlyMap<string, readonly number[]>) => boolean) {
  const all = new Map<string, number[]>(groups.map((group) => [group, []]));
  const take = async (): Promise<boolean> => {
    const messages = await $.receive(queue);
    for (const { Body = "", Attributes = {} } of messages) all.get(Attributes.MessageGroupId ?? "")?.push(Number(Body));
    if (messages.length > 0) {
      const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    }
    return messages.length > 0;
  };
  const takeAll = async (): Promise<void> => {
    // How many there are depends on the machine: what must not be is that nothing comes any more.
    while (!isEnough(all)) await waitFor("another message to come out", async () => isEnough(all) || (await take()), 120_000);
  };
  await Promise.all(groups.map(takeAll));
  return all;
}

test(`${kills} kills while a FIFO queue runs a function lose nothing and break no group's order`, { timeout: 900_000 }, async () => {
  const queue = await $.createQueue("source.fifo", { FifoQueue: "true", VisibilityTimeout: "5" });
  const out = await $.createQueue("results.fifo", { FifoQueue: "true" });
  await $.createFunction("forwards", forwarding, {
    MemorySize: 1769,
    Timeout: 5,
    Environment: { Variables: { RESULTS: out.url.replace(/.*\/(\d{12})/, "$1") } },
  });
  await $.map("forwards", queue);
  const acknowledged = new Map<string, number>(groups.map((group) => [group, 0]));
  for (let round = 0; round < kills; round++) {
    /** Sends in order until the server is gone, and goes on only with what was acknowledged: what was not may be there nevertheless, under the same id. */
    const sending = groups.map(async (group) => {
      for (;;) {
        const first = acknowledged.get(group) ?? 0;
        const Entries = Array.from({ length: 5 }, (_, index) => ({
          Id: String(index),
          MessageBody: String(first + index),
          MessageGroupId: group,
          MessageDeduplicationId: `${group}-${first + index}`,
        }));
        const sent = await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries })).catch(() => undefined);
        if (sent === undefined) return;
        expect(sent.Successful).toHaveLength(5);
        acknowledged.set(group, first + 5);
      }
    });
    // At random, in the midst of it.
    await sleep(300 + Math.random() * 1200);
    await server.kill();
    await Promise.all(sending);
    await restart();
  }
  const all = await results(out, (found) =>
    groups.every((group) => found.get(group)?.includes((acknowledged.get(group) ?? 0) - 1) ?? false),
  );
  for (const group of groups) {
    const got = all.get(group) ?? [];
    const firstTimes = got.filter((number, index) => got.indexOf(number) === index);
    const sent = acknowledged.get(group) ?? 0;
    expect(sent).toBeGreaterThan(0);
    expect(firstTimes.slice(0, sent)).toEqual(Array.from({ length: sent }, (_, number) => number));
  }
});
