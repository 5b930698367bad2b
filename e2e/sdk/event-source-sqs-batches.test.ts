import * as lambda from "@aws-sdk/client-lambda";
import { beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { bodiesOf, impatient, queueFunctions, telling, type TestRecord } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

describe("how many at once", () => {
  const slow = telling("const from = Date.now(); await new Promise((r) => setTimeout(r, 150)); told([{ from, to: Date.now() }]);");
  /** The most invocations that were under way at once, as the function saw it. */
  async function mostAtOnce(name: string): Promise<number> {
    const spans = (await $.logged<readonly { from?: number; to?: number }[]>(name)).flat().filter(({ from }) => from !== undefined);
    return Math.max(...spans.map(({ from = 0 }) => spans.filter((other) => other.from! <= from && from < other.to!).length));
  }
  const numbers = Array.from({ length: 16 }, (_, index) => String(index));
  /** The records of a function that told of each and of its end. */
  const got = async (name: string) => (await $.toldOf(name, 2 * numbers.length)).flat().filter(({ body }) => body !== undefined);

  test("no more than MaximumConcurrency", async () => {
    const queue = await $.createQueue("few");
    await $.createFunction("few", slow);
    await $.map("few", queue, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    await $.sendAll(queue, numbers);
    await $.isEmpty(queue);
    expect(bodiesOf(await got("few")).sort()).toEqual([...numbers].sort());
    expect(await mostAtOnce("few")).toBe(2);
  });

  test("a batch that is throttled is run later, without having been received again", async () => {
    const queue = await $.createQueue("throttled");
    await $.createFunction("throttled", slow);
    const FunctionName = "throttled";
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
    await $.map(FunctionName, queue, { BatchSize: 1 });
    await $.sendAll(queue, numbers);
    await $.isEmpty(queue);
    const records = await got(FunctionName);
    expect(bodiesOf(records).sort()).toEqual([...numbers].sort());
    expect(new Set(records.map(({ attributes }) => attributes["ApproximateReceiveCount"]))).toEqual(new Set(["1"]));
    expect(await mostAtOnce(FunctionName)).toBe(1);
  });

  test("a function that may not run at all costs its messages a receive for each visibility timeout, as on AWS", async () => {
    const dead = await $.createQueue("barred-dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const queue = await $.createQueue("barred", { ...impatient, RedrivePolicy });
    const patient = await $.createQueue("patient");
    const FunctionName = "barred";
    await $.createFunction(FunctionName, telling(), { Timeout: 1 });
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    for (const mapped of [queue, patient]) await $.map(FunctionName, mapped);
    await $.send(patient, "patience");
    await $.send(queue, "in vain");
    await waitFor("the dead letter", async () => (await $.left(dead)) === 1);
    expect(await $.logged<readonly TestRecord[]>(FunctionName)).toEqual([]);
    await clients.lambda.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }));
    const [[record] = []] = await $.toldOf(FunctionName, 1);
    expect(record).toMatchObject({ body: "patience", attributes: { ApproximateReceiveCount: "1" } });
    await $.isEmpty(patient);
  });

  test("a window gathers messages of several receives", async () => {
    const queue = await $.createQueue("gathered");
    await $.createFunction("gathered", telling());
    const UUID = await $.map("gathered", queue, { BatchSize: 1000, MaximumBatchingWindowInSeconds: 3, Enabled: false });
    await $.sendAll(queue, [...numbers, ...numbers.map((number) => `again ${number}`)]);
    await $.update(UUID, { Enabled: true });
    await $.isEmpty(queue);
    expect((await $.toldOf("gathered", 32)).map(({ length }) => length)).toEqual([32]);
  });

  test("a batch in a window is full at its size", async () => {
    const queue = await $.createQueue("full");
    await $.createFunction("full", telling());
    await $.map("full", queue, { BatchSize: 12, MaximumBatchingWindowInSeconds: 300 });
    await $.sendAll(queue, [...numbers, ...numbers.slice(0, 8)]);
    await $.isEmpty(queue);
    expect((await $.toldOf("full", 24)).map(({ length }) => length)).toEqual([12, 12]);
  });

  test("what is too long for one event of a FIFO queue's group is given to the function in turn", async () => {
    const queue = await $.createQueue("long.fifo", { FifoQueue: "true" });
    const source = telling("await new Promise((done) => setTimeout(done, 300)); told([{ body: 'over' }]);");
    await $.createFunction(
      "long-fifo",
      source.replace("told(event.Records)", "told(event.Records.map(({ body }) => ({ body: body[0] })))"),
    );
    const UUID = await $.map("long-fifo", queue, { Enabled: false });
    for (const first of "12345678") await $.send(queue, first.repeat(1_000_000), { MessageGroupId: "one", MessageDeduplicationId: first });
    await $.update(UUID, { Enabled: true });
    await $.isEmpty(queue);
    expect((await $.toldOf("long-fifo", 10)).map(bodiesOf)).toEqual([["1", "2", "3", "4", "5", "6"], ["over"], ["7", "8"], ["over"]]);
  });

  test("a batch ends where its event would be too long", async () => {
    const queue = await $.createQueue("long");
    await $.createFunction(
      "long",
      telling().replace("told(event.Records)", "told(event.Records.map(({ body }) => ({ body: body.length })))"),
    );
    const UUID = await $.map("long", queue, { BatchSize: 1000, MaximumBatchingWindowInSeconds: 3, Enabled: false });
    for (let count = 0; count < 8; count++) await $.send(queue, "x".repeat(1_000_000));
    await $.update(UUID, { Enabled: true });
    await $.isEmpty(queue);
    const told = await $.toldOf("long", 8);
    expect(told.map(({ length }) => length).sort()).toEqual([2, 6]);
  });
});
