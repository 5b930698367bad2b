import * as lambda from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientsFor, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { executionRole, queueFunctions, telling, type TestRecord } from "./queue-functions.ts";

const { server, clients, restart } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

const bodies = async (name: string): Promise<string[]> => (await $.logged<readonly TestRecord[]>(name)).flat().map(({ body }) => body);

test("a server that starts again goes on reading, and what it had under way comes again", async () => {
  const queue = await $.createQueue("restarted", { VisibilityTimeout: "2" });
  await $.createFunction("restarted", telling("if (event.Records[0].body === 'slow') await new Promise((r) => setTimeout(r, 1000));"), {
    Timeout: 2,
  });
  const UUID = await $.map("restarted", queue, { BatchSize: 1 });
  await $.send(queue, "slow");
  await waitFor("the function to be at work", async () => (await bodies("restarted")).length > 0);
  expect(await server.stop()).toBe(0);
  await restart();
  expect((await $.get(UUID)).State).toBe("Enabled");
  await $.send(queue, "after");
  await $.isEmpty(queue);
  const told = await waitFor("the log", async () => {
    const found = new Set(await bodies("restarted"));
    return found.size > 1 && found;
  });
  expect(told).toEqual(new Set(["slow", "after"]));
});

test("an update that a kill cut short is done by the next start", async () => {
  const queue = await $.createQueue("killed");
  await $.createFunction("killed", telling());
  const UUID = await $.map("killed", queue, { Enabled: false });
  await $.update(UUID, { Enabled: true });
  await server.kill();
  await restart();
  expect((await $.get(UUID)).State).toBe("Enabled");
  await $.send(queue, "read");
  await $.isEmpty(queue);
});

test("a function that sends to its own queue is stopped after sixteen turns; the message that went too far ends as a dead letter", async () => {
  const dead = await $.createQueue("loop-dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const queue = await $.createQueue("loop", { VisibilityTimeout: "5", RedrivePolicy });
  const source = telling(`
    const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
    const turn = Number(event.Records[0].body) + 1;
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: String(turn) }));`);
  await $.createFunction("loop", source, {
    MemorySize: 1769,
    Environment: { Variables: { QUEUE: queue.url.replace(/.*\/(\d{12})/, "$1") } },
  });
  await $.map("loop", queue);
  await $.send(queue, "1");
  const [message] = await waitFor(
    "the one that was stopped",
    async () => {
      const found = await $.receive(dead);
      return found.length > 0 && found;
    },
    60_000,
  );
  expect(message?.Body).toBe("17");
  expect((await bodies("loop")).map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  expect(server.output()).toMatch(/part of a recursive loop of loop and was not given to it/);
});

test("a reset ends all reading; what is made after it works as on the first day", async () => {
  const open = await startServerProcess({ arguments: ["--auth", "open"] });
  const anybody = clientsFor(open);
  try {
    const runs = queueFunctions(anybody);
    for (const body of ["before", "after"]) {
      const queue = await runs.createQueue("reset");
      await runs.createFunction("reset", telling("await new Promise((done) => setTimeout(done, 1000));"));
      await runs.map("reset", queue);
      await runs.send(queue, body);
      await waitFor("the function to be at work", async () => (await runs.logged("reset")).length > 0);
      expect(await runs.logged("reset")).toMatchObject([[{ body }]]);
      // In the midst of an invocation, and of a long poll.
      expect((await fetch(`${open.url}/_mayfly/reset`, { method: "POST" })).ok).toBe(true);
    }
    expect(open.output()).not.toContain("PROBLEM");
  } finally {
    anybody.destroy();
    await open.dispose();
  }
});

describe("--endpoint sqs=URL", () => {
  let other: ServerProcess;
  let there: Clients;
  beforeAll(async () => {
    const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = server.credentials;
    other = await startServerProcess({
      arguments: ["--endpoint", `sqs=${server.url}`],
      environment: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY },
    });
    there = clientsFor(other);
  });
  afterAll(async () => {
    there.destroy();
    await other.dispose();
  });

  test("functions of one server are run by the queues of another", async () => {
    const queue = await $.createQueue("remote");
    const fifo = await $.createQueue("remote.fifo", { FifoQueue: "true" });
    const runs = queueFunctions(there);
    await runs.createFunction("remote", telling(), { Role: executionRole });
    const Filters = [{ Pattern: '{"body":[{"prefix":"go"}]}' }];
    const UUID = await runs.map("remote", queue, { FilterCriteria: { Filters } });
    await runs.map("remote", fifo);
    await $.sendAll(queue, ["go 1", "stop", "go 2"]);
    await $.sendAll(fifo, ["go 3", "go 4"], "group");
    await $.isEmpty(queue);
    await $.isEmpty(fifo);
    const told = await waitFor("the log", async () => {
      const found = (await runs.logged<readonly TestRecord[]>("remote")).flat();
      return found.length >= 4 && found;
    });
    expect(told.map(({ body }) => body).sort()).toEqual(["go 1", "go 2", "go 3", "go 4"]);
    expect(told.find(({ body }) => body === "go 4")?.attributes).toMatchObject({ MessageGroupId: "group", ApproximateReceiveCount: "1" });
    // It is let go of at once, though it is being waited at.
    await runs.update(UUID, { Enabled: false });
    await runs.reaches(UUID, "Disabled", 5000);
    await $.send(queue, "go 5");
    expect((await $.receive(queue))[0]?.Attributes?.ApproximateReceiveCount).toBe("1");
  });

  test("a queue that is not there is refused in AWS's words", async () => {
    const create = there.lambda.send(
      new lambda.CreateEventSourceMappingCommand({ FunctionName: "remote", EventSourceArn: "arn:aws:sqs:us-east-1:123456789012:nowhere" }),
    );
    await expectError(create, "InvalidParameterValueException", 400, /SQS Error Code: AWS.SimpleQueueService.NonExistentQueue/);
  });

  test("a server without credentials says so, to whoever maps a queue", async () => {
    const poor = await startServerProcess({
      arguments: ["--endpoint", `sqs=${server.url}`],
      environment: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    });
    const clientsOfPoor = clientsFor(poor);
    try {
      const runs = queueFunctions(clientsOfPoor);
      await runs.createFunction("poor", telling());
      const EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:remote";
      const create = clientsOfPoor.lambda.send(new lambda.CreateEventSourceMappingCommand({ FunctionName: "poor", EventSourceArn }));
      await expectError(create, "InvalidParameterValueException", 400, /needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
    } finally {
      clientsOfPoor.destroy();
      await poor.dispose();
    }
  });

  test("what is no such option is told at the start", async () => {
    for (const [given, message] of [
      ["s3=http://localhost", "It must be SERVICE=URL, for: sqs."],
      ["sqs=nowhere", "nowhere is no URL."],
    ] as const) {
      await expect(startServerProcess({ arguments: ["--endpoint", given] })).rejects.toThrow(message);
    }
  });
});
