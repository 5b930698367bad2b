import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type AsyncEventRow, type Database } from "@mayfly/db";
import { newUuid, systemClock } from "@mayfly/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultLimits, type LambdaLimits } from "../limits.ts";
import { until } from "../testing/until.ts";
import { createAsyncQueue, type AsyncOutcome, type AsyncQueue } from "./async-queue.ts";

const done: AsyncOutcome = { kind: "done", logged: Promise.resolve() };
const left: AsyncOutcome = { kind: "left" };

let folder: string;
let db: Database;
let queues: AsyncQueue[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-queue-"));
  db = await openDatabase({ folder });
  queues = [];
});
afterEach(async () => {
  await Promise.all(queues.map((queue) => queue.close()));
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

let isBusy = false;
function queue(run: (event: AsyncEventRow) => Promise<AsyncOutcome>, limits: Partial<LambdaLimits> = {}, parallel?: number) {
  const problems: string[] = [];
  const made = createAsyncQueue({
    store: db.asyncEvents,
    clock: systemClock,
    limits: { ...defaultLimits, ...limits },
    run,
    isBusy: () => isBusy,
    parallelism: () => parallel,
    onProblem: (line) => problems.push(line),
  });
  queues.push(made);
  return Object.assign(made, { problems });
}

let sequence = 0;
const event = (functionName: string, text = "{}", more: Partial<AsyncEventRow> = {}): AsyncEventRow => ({
  id: newUuid(),
  accountId: "123456789012",
  region: "us-east-1",
  functionName,
  qualifier: "$LATEST",
  invokedFunctionArn: "arn",
  payload: Buffer.from(text),
  clientContext: undefined,
  traceId: "trace",
  acceptedAtMs: Date.now() + sequence++ / 1000,
  attempts: 0,
  failures: 0,
  dueAtMs: 0,
  ...more,
});
const stored = async () => (await db.asyncEvents.list(undefined, 1000)).length;

describe("the queue of asynchronous events", () => {
  it("runs each event once, in order, and then forgets it", async () => {
    const seen: string[] = [];
    const made = queue(async (row) => (seen.push(Buffer.from(row.payload).toString()), done), {}, 1);
    made.start();
    const texts = Array.from({ length: 50 }, (_, i) => String(i));
    for (const text of texts) await made.accept(event("f", text));
    await until(() => seen.length === 50);
    expect(seen).toEqual(texts);
    await until(async () => (await stored()) === 0);
  });

  it("has the event on disk before it is acknowledged, and runs it after a restart", async () => {
    const first = queue(() => Promise.resolve(left));
    first.start();
    const accepted = event("f", '"kept"', { clientContext: '{"a":1}' });
    await first.accept(accepted);
    expect(await stored()).toBe(1);
    await first.close();

    const seen: AsyncEventRow[] = [];
    const second = queue(async (row) => (seen.push(row), done));
    second.start();
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({ id: accepted.id, clientContext: '{"a":1}', invokedFunctionArn: "arn" });
    expect(Buffer.from(seen[0]?.payload ?? "").toString()).toBe('"kept"');
  });

  it("tries again at the time that it is told, and keeps count", async () => {
    const seen: AsyncEventRow[] = [];
    const made = queue(async (row) => {
      seen.push(row);
      return seen.length < 4 ? { kind: "retry", dueAtMs: Date.now() + 1, failures: seen.length - 1 } : done;
    });
    made.start();
    await made.accept(event("f"));
    await until(async () => (await stored()) === 0);
    expect(seen.map(({ attempts, failures }) => [attempts, failures])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it("tells how many events of a function or an alias wait, and the oldest one's time", async () => {
    const { promise, resolve } = Promise.withResolvers<AsyncOutcome>();
    const made = queue(() => promise);
    made.start();
    const [first, second] = [event("f"), event("f")];
    for (const accepted of [first, second, event("f", "{}", { qualifier: "live" }), event("g")]) await made.accept(accepted);
    await until(() => made.waiting(first, "$LATEST").isComplete);
    expect(made.waiting(first, "$LATEST")).toMatchObject({ count: 2, oldestAcceptedAtMs: first.acceptedAtMs });
    expect(made.waiting(first, "live").count).toBe(1);
    resolve(done);
    await until(() => made.waiting(first, "$LATEST").count === 0);
    expect(made.waiting(first, "$LATEST").oldestAcceptedAtMs).toBeUndefined();
  });

  it("takes more events than memory has room for, each once", async () => {
    const seen = new Map<string, number>();
    const run = async (row: AsyncEventRow): Promise<AsyncOutcome> => {
      seen.set(row.id, (seen.get(row.id) ?? 0) + 1);
      await new Promise((resolve) => setImmediate(resolve));
      return done;
    };
    const made = queue(run, { asyncReadyCount: 10, asyncReadCount: 7, asyncHeldPayloadBytes: 20, asyncInFlightCount: 3 });
    made.start();
    await Promise.all(Array.from({ length: 300 }, (_, i) => made.accept(event(`f${i % 5}`, `"event ${i}"`))));
    await until(async () => (await stored()) === 0);
    expect(seen.size).toBe(300);
    expect([...seen.values()].every((count) => count === 1)).toBe(true);
  });

  it("does not let one function hold up another", async () => {
    const release = Promise.withResolvers<void>();
    const seen: string[] = [];
    const made = queue(
      async (row) => {
        if (row.functionName === "slow") await release.promise;
        seen.push(row.functionName);
        return done;
      },
      { asyncInFlightPerFunctionCount: 2, asyncInFlightCount: 4 },
    );
    made.start();
    for (let i = 0; i < 10; i++) await made.accept(event("slow"));
    await made.accept(event("quick"));
    await until(() => seen.includes("quick"));
    expect(seen).toEqual(["quick"]);
    release.resolve();
    await until(() => seen.length === 11);
  });

  it("runs few at once while the server is busy, and the others afterwards", async () => {
    const release = Promise.withResolvers<void>();
    let running = 0;
    const made = queue(async () => (running++, await release.promise, done), { asyncBusyLookMs: 1, asyncInFlightBusyCount: 2 });
    isBusy = true;
    made.start();
    for (let i = 0; i < 10; i++) await made.accept(event("f"));
    expect(running).toBe(2);
    isBusy = false;
    await until(() => running === 10);
    release.resolve();
    await until(async () => (await stored()) === 0);
  });

  it("keeps an event until what it wrote is on disk, and runs others meanwhile", async () => {
    let written: () => void = () => {};
    const logged = new Promise<void>((resolve) => (written = resolve));
    const seen: string[] = [];
    const made = queue(async (row) => (seen.push(row.id), { kind: "done", logged }), { asyncInFlightCount: 1 });
    made.start();
    const events = [event("f"), event("f")];
    for (const one of events) await made.accept(one);
    await until(() => seen.length === 2);
    expect(await stored()).toBe(2);
    written();
    await until(async () => (await stored()) === 0);
  });
});
