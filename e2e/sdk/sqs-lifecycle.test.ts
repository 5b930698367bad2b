import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListMessageMoveTasksCommand, SendMessageBatchCommand, SendMessageCommand, StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bodiesOf, countsOf, makeQueue, receive } from "./sqs-queues.ts";

let folder: string;
let server: ServerProcess | undefined;
let aws: Clients;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-sqs-lifecycle-"));
});
afterEach(async () => {
  aws.destroy();
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...more: string[]): Promise<ServerProcess> {
  server = await startServerProcess({ dataFolder: join(folder, "data"), arguments: more });
  aws = clientsFor(server);
  return server;
}

test("what is in a queue outlives a restart: what waits, what is in flight, what was sent once, and a task under way", async () => {
  const first = await start();
  const fifo = await makeQueue(aws.sqs, "kept.fifo", { FifoQueue: "true" });
  const once = (MessageBody: string) =>
    new SendMessageCommand({ QueueUrl: fifo, MessageBody, MessageGroupId: "g", MessageDeduplicationId: "d" });
  const sent = await aws.sqs.send(once("x"));
  const [held] = await receive(aws.sqs, fifo, { visibility: 600 });
  expect(held?.Body).toBe("x");
  const dead = await makeQueue(aws.sqs, "dead");
  const source = await makeQueue(aws.sqs, "source", {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead", maxReceiveCount: 1 }),
  });
  const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: String(at) }));
  await aws.sqs.send(new SendMessageBatchCommand({ QueueUrl: dead, Entries }));
  const SourceArn = "arn:aws:sqs:us-east-1:123456789012:dead";
  await aws.sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn,
      DestinationArn: "arn:aws:sqs:us-east-1:123456789012:source",
      MaxNumberOfMessagesPerSecond: 5,
    }),
  );
  await first.stop();
  aws.destroy();

  const { url } = await start();
  const here = (queueUrl: string): string => queueUrl.replace(/^http:\/\/[^/]+/, url);
  expect(await countsOf(aws.sqs, here(fifo))).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  const again = await aws.sqs.send(new SendMessageCommand({ ...once("y").input, QueueUrl: here(fifo) }));
  expect(again.MessageId).toBe(sent.MessageId);
  const task = async () => (await aws.sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];
  await expect.poll(task, { timeout: 20_000 }).toMatchObject({ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 10 });
  expect(await countsOf(aws.sqs, here(source))).toMatchObject({ visible: 10 });
});

test("a client that goes away while it waits takes no message with it", async () => {
  await start();
  const QueueUrl = await makeQueue(aws.sqs, "left");
  const gone = clientsFor(server as ServerProcess);
  const left = receive(gone.sqs, QueueUrl, { seconds: 20 }).catch(() => "left");
  const staying = receive(aws.sqs, QueueUrl, { seconds: 20 });
  // Both wait when both connections have been served; the first one in line goes.
  await countsOf(aws.sqs, QueueUrl);
  gone.destroy();
  expect(await left).toBe("left");
  await countsOf(aws.sqs, QueueUrl);
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  expect(bodiesOf(await staying)).toEqual(["x"]);
});

test("a stop and a reset answer whoever waits; a reset leaves no queue and no message", async () => {
  const { url } = await start("--auth", "open");
  const QueueUrl = await makeQueue(aws.sqs, "reset");
  await aws.sqs.send(new SendMessageCommand({ QueueUrl: await makeQueue(aws.sqs, "full"), MessageBody: "x" }));
  // Nobody is left to wait for his twenty seconds.
  const wait = async (queueUrl: string): Promise<unknown> => {
    const before = performance.now();
    const messages = await receive(aws.sqs, queueUrl, { seconds: 20 }).catch(() => []);
    expect(performance.now() - before).toBeLessThan(20_000);
    return messages;
  };
  const waiting = wait(QueueUrl);
  await countsOf(aws.sqs, QueueUrl);
  expect((await fetch(`${url}/_mayfly/reset`, { method: "POST" })).ok).toBe(true);
  expect(await waiting).toEqual([]);
  expect(await receive(aws.sqs, await makeQueue(aws.sqs, "full"))).toEqual([]);
  const more = wait(await makeQueue(aws.sqs, "reset"));
  await countsOf(aws.sqs, QueueUrl);
  await server?.stop();
  expect(await more).toEqual([]);
});
