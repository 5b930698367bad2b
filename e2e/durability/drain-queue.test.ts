import * as sqs from "@aws-sdk/client-sqs";
import { beforeAll, expect, test } from "vitest";
import { scaled, waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { queueFunctions } from "../sdk/queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

const messageCount = scaled(5_000, 100_000);
const senders = 16;

test(`${messageCount} messages are all given to the function, and none is left`, { timeout: 900_000 }, async () => {
  const queue = await $.createQueue("drained", { VisibilityTimeout: "120" });
  const source = `exports.handler = async ({ Records }) => console.log("TOLD " + JSON.stringify(Records.map(({ body }) => Number(body))));`;
  await $.createFunction("drained", source, { Timeout: 60, MemorySize: 512 });
  await $.map("drained", queue, { BatchSize: 100, MaximumBatchingWindowInSeconds: 1 });
  let next = 0;
  const sendOn = async (): Promise<void> => {
    while (next < messageCount) {
      const first = next;
      next += 10;
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: String(first + index) }));
      const { Successful = [] } = await clients.sqs.send(new sqs.SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
      expect(Successful).toHaveLength(10);
    }
  };
  await Promise.all(Array.from({ length: senders }, sendOn));
  await waitFor("the queue to be empty", async () => (await $.left(queue)) === 0, 600_000);
  const got = await waitFor("all of the log", async () => {
    const numbers = new Set((await $.logged<readonly number[]>("drained")).flat());
    return numbers.size >= messageCount && numbers;
  });
  expect(got.size).toBe(messageCount);
});
