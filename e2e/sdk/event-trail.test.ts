import { beforeAll, expect, test } from "vitest";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { queueFunctions, telling, type TestQueue } from "./queue-functions.ts";

const { server, clients, restart } = serveTests();
const $ = queueFunctions(clients);
let queue: TestQueue;
beforeAll(async () => {
  await $.allowQueues();
  // Long enough for a busy machine to run the function in before the message comes again.
  queue = await $.createQueue("trailed", { VisibilityTimeout: "5" });
  const failing =
    'if (event.Records[0].attributes.ApproximateReceiveCount === "1") throw new Error("not yet"); console.log("TOLD", JSON.stringify([{ body: context.awsRequestId }]));';
  await $.createFunction("trailed", telling(failing), { Timeout: 1 });
  await $.map("trailed", queue, {
    BatchSize: 1,
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"],"total":[{"numeric":[">",10]}]}}' }] },
  });
});

const trail = (...args: readonly string[]) => mayflyTrail(server, ...args);

test("says why a message ran no function: which filter's clause it did not meet", async () => {
  const { MessageId = "" } = await $.send(queue, '{"kind":"order","total":3}');
  await waitFor("the queue to be empty", async () => (await $.left(queue)) === 0);
  const { stdout } = await trail(MessageId);
  expect(trailSteps(stdout)).toEqual(["produced", "received", "filtered", "deleted"]);
  expect(stdout).toContain('filter 1: body.total: [{"numeric":[">",10]}]');
  expect(stdout).toContain(queue.arn);
});

test("says attempt by attempt what became of a message, which is found by its requests, too", async () => {
  const { MessageId = "" } = await $.send(queue, '{"kind":"order","total":11}');
  await waitFor("the queue to be empty", async () => (await $.left(queue)) === 0);
  const { stdout } = await trail(MessageId);
  expect(trailSteps(stdout)).toEqual(["produced", "received", "delivered", "failed", "left", "received", "delivered", "deleted"]);
  const requestId = await waitFor("the request id", async () => {
    const told = (await $.logged<readonly { body: string }[]>("trailed")).flat();
    return told.map(({ body }) => body).find((body) => /^[0-9a-f-]{36}$/.test(body));
  });
  expect((await trail(requestId)).stdout).toBe(stdout);
  const listed = (await trail("--function", "trailed", "--source", queue.arn)).stdout.trimEnd().split("\n");
  expect(listed).toHaveLength(4);
  expect(listed[2]).toContain(MessageId);
});

test("says who else took a message, as long as no function has it", async () => {
  const unmapped = await $.createQueue("unmapped");
  const { MessageId = "" } = await $.send(unmapped, "{}");
  expect(trailSteps((await trail(MessageId)).stdout)).toEqual(["produced"]);
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: unmapped.url }));
  expect(Messages).toHaveLength(1);
  const { stdout } = await trail(MessageId);
  expect(trailSteps(stdout)).toEqual(["produced", "taken"]);
  expect(stdout).toContain("by arn:aws:iam::123456789012:root, receive 1");
});

test("still knows it after a restart", async () => {
  const { MessageId = "" } = await $.send(queue, '{"kind":"order","total":4}');
  await waitFor("the queue to be empty", async () => (await $.left(queue)) === 0);
  const before = trailSteps((await trail(MessageId)).stdout);
  await server.stop();
  await restart();
  expect(trailSteps((await trail(MessageId)).stdout)).toEqual(before);
});

test("says that it knows nothing", async () => {
  expect((await trail("nobody")).stderr).toContain("Nothing is known of such an event");
  expect((await trail("--function", "another")).stderr).toContain("Nothing is known of such an event");
});
