import * as lambda from "@aws-sdk/client-lambda";
import { beforeAll, expect, test } from "vitest";
import { clientsFor, startServerProcess, waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { bodiesOf, queueFunctions, telling, type TestQueue } from "./queue-functions.ts";
import { countsOf } from "./sqs-queues.ts";

const { server, clients, restart } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

/** Nobody waits for the visibility timeout to be over. */
const patient = { VisibilityTimeout: "3600" };
const held = (queue: TestQueue, count: number) =>
  waitFor(`${count} messages to be held`, async () => (await countsOf(clients.sqs, queue.url)).inFlight === count);
const limit = (FunctionName: string, ReservedConcurrentExecutions: number) =>
  clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
async function stopAndStart(): Promise<void> {
  expect(await server.stop()).toBe(0);
  await restart();
}

test("messages that are gathered when the server is stopped go back to the queue, and are gathered anew", async () => {
  const queue = await $.createQueue("gathered", patient);
  await $.createFunction("gathered", telling());
  await $.map("gathered", queue, { BatchSize: 40, MaximumBatchingWindowInSeconds: 300 });
  const bodies = Array.from({ length: 39 }, (_, at) => String(at));
  await $.sendAll(queue, bodies);
  await held(queue, 39);
  await stopAndStart();
  const { MessageId = "" } = await $.send(queue, "the last one");
  await $.isEmpty(queue);
  const told = await $.toldOf("gathered", 40);
  expect(told).toHaveLength(1);
  expect(bodiesOf(told[0] ?? []).sort()).toEqual([...bodies, "the last one"].sort());
  const earlier = told[0]?.find(({ messageId }) => messageId !== MessageId)?.messageId ?? "";
  expect(trailSteps((await mayflyTrail(server, earlier)).stdout)).toEqual([
    "produced",
    "received",
    "returned",
    "received",
    "delivered",
    "deleted",
  ]);
});

test("what a function has begun with stays hidden, what is throttled goes back, and by no permission of its role", async () => {
  const queue = await $.createQueue("begun", patient);
  await $.createFunction("begun", telling(`if (event.Records[0].body === "slow") await new Promise((r) => setTimeout(r, 60_000));`), {
    Timeout: 100,
  });
  await limit("begun", 1);
  await $.map("begun", queue, { BatchSize: 1 });
  await $.send(queue, "slow");
  await $.toldOf("begun", 1);
  await $.sendAll(queue, ["quick 1", "quick 2"]);
  await held(queue, 3);
  await stopAndStart();
  await waitFor("the others to be done", async () => (await $.left(queue)) === 1);
  expect(await countsOf(clients.sqs, queue.url)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  expect(bodiesOf((await $.toldOf("begun", 3)).flat()).sort()).toEqual(["quick 1", "quick 2", "slow"]);
});

test("a FIFO queue's groups go back in their order", async () => {
  const queue = await $.createQueue("begun.fifo", { ...patient, FifoQueue: "true" });
  await $.createFunction("begun-fifo", telling());
  await limit("begun-fifo", 0);
  await $.map("begun-fifo", queue, { BatchSize: 2 });
  const bodies = Array.from({ length: 6 }, (_, at) => String(at));
  await $.sendAll(queue, bodies, "group");
  await waitFor("some to be held", async () => (await countsOf(clients.sqs, queue.url)).inFlight > 0);
  await stopAndStart();
  await clients.lambda.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName: "begun-fifo" }));
  await $.isEmpty(queue);
  expect(bodiesOf((await $.toldOf("begun-fifo", 6)).flat())).toEqual(bodies);
});

test("messages of another endpoint's queue go back, too", async () => {
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = server.credentials;
  const other = await startServerProcess({
    arguments: ["--endpoint", `sqs=${server.url}`],
    environment: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY },
  });
  const there = clientsFor(other);
  try {
    const queue = await $.createQueue("elsewhere", patient);
    const runs = queueFunctions(there);
    await runs.createFunction("elsewhere", telling());
    await runs.map("elsewhere", queue, { BatchSize: 10, MaximumBatchingWindowInSeconds: 300 });
    const sent = await Promise.all(["1", "2"].map((body) => $.send(queue, body)));
    for (const { MessageId = "" } of sent)
      await waitFor("it to be received", async () => trailSteps((await mayflyTrail(other, MessageId)).stdout).includes("received"));
    expect(await other.stop()).toBe(0);
    expect(await countsOf(clients.sqs, queue.url)).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  } finally {
    there.destroy();
    await other.dispose();
  }
});
