import { readdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, footprintOf, isDrill, leftOf, scaled, seed, startServerProcess, waitFor, type ServerProcess } from "@mayfly/testkit";
import { Ledger, readRuns, type Entry } from "./ledger.ts";
import { create, functionName, invoke, remove, run, type Load } from "./load.ts";
import { formatSizes, grown, settled, sizesOf, watch, type Sizes } from "./watch.ts";

// `npm run drill -- e2e/soak`, for as many minutes as MAYFLY_SOAK_MINUTES says; in a test run for seconds.
const minutes = isDrill ? Number(process.env["MAYFLY_SOAK_MINUTES"] ?? 30) : 0.15;
const loadMs = minutes * 60_000;
// Before it is measured what everything comes back to, all that is loaded once has been loaded, and memory has found its size.
const warmUpMs = loadMs / 5;
const functionCount = scaled(6, 50);
const callers = scaled(4, 12);
const settleMs = scaled(4_000, 12_000);
const sampleMs = scaled(2_000, 30_000);
const indices = Array.from({ length: functionCount }, (_, index) => index);

let folder: string;
let server: ServerProcess;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-soak-"));
  const temporary = mkdtempSync(join(folder, "tmp-"));
  server = await startServerProcess({ dataFolder: join(folder, "data"), environment: { TMPDIR: temporary } });
});
afterEach(async () => {
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Small, quick and good enough; the same seed gives the same sequence. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Some at a time: each creation waits for its function to be ready. */
async function each(work: (index: number) => Promise<void>): Promise<void> {
  const left = [...indices];
  const workOn = async (): Promise<void> => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) await work(index);
  };
  await Promise.all(Array.from({ length: 4 }, workOn));
}

/** Functions are made, used for a time, and deleted when every event that was accepted has run. */
async function cycle(ledger: Ledger, random: () => number, forMs: number): Promise<void> {
  const clients = clientsFor(server);
  const load: Load = { lambda: clients.lambda, ledger, functionCount, random, remaking: new Set() };
  await each((index) => create(load, index, 0));
  // Every runtime is used, however short the load: what waits booted for it afterwards, waits there before as well.
  await each((index) => invoke(load, index, "sync"));
  await run(load, callers, forMs);
  let waiting = [...ledger.entries.values()].filter((entry) => entry.outcome === "accepted" && !ledger.mayBeDropped(entry));
  await waitFor(
    "every accepted event to have run",
    async () => {
      const { starts } = await readRuns(clients.logs, new Set(waiting.map((entry) => entry.functionName)));
      waiting = waiting.filter(({ requestId }) => !starts.has(requestId));
      if (waiting.length > 0) throw new Error(`${waiting.length} have not: ${JSON.stringify(waiting.slice(0, 5))}.`);
      return true;
    },
    120_000,
  );
  await each((index) => remove(load, index));
  const runs = await readRuns(clients.logs, indices.map(functionName));
  for (const entry of ledger.entries.values()) {
    const wrong = ledger.wrongRuns(entry, runs);
    if (wrong !== undefined) ledger.problems.push(wrong);
  }
  clients.destroy();
}

function say(seconds: number, ledger: Ledger, samples: readonly Sizes[], before: Sizes, after: Sizes): void {
  const entries = [...ledger.entries.values()];
  const count = (which: (entry: Entry) => boolean): number => entries.filter(which).length;
  console.log(
    [
      `${seconds.toFixed(0)} s of load: ${entries.length} invocations; ` +
        ["sync answered", "async accepted", "sync refused", "async refused"]
          .map((name) => `${name} ${count(({ kind, outcome }) => name === `${kind} ${outcome}`)}`)
          .join(", "),
      "Under load:",
      formatSizes(samples),
      "With every function deleted, after the warm-up and at the end:",
      formatSizes([before, after]),
    ].join("\n"),
  );
}

test(
  `${minutes} minutes of mixed load on ${functionCount} functions leak nothing, and no invocation is lost or run twice`,
  async () => {
    const start = seed();
    console.log(`MAYFLY_SEED=${start}`);
    const random = randomFrom(start);
    const warmUp = new Ledger();
    await cycle(warmUp, random, warmUpMs);
    expect(warmUp.problems).toEqual([]);
    const before = await settled(server, settleMs);

    const ledger = new Ledger();
    const watching = watch(server, sampleMs);
    await cycle(ledger, random, loadMs - warmUpMs);
    const samples = watching.stop();
    await waitFor(
      "everything to be back to where it was",
      () => {
        const more = grown(before, sizesOf(server));
        if (more.length > 0) throw new Error(more.join(", "));
        return true;
      },
      180_000,
    ).catch((error: unknown) => void ledger.problems.push(String((error as Error).cause)));
    say((loadMs - warmUpMs) / 1000, ledger, samples, before, sizesOf(server));
    expect(ledger.problems).toEqual([]);
    expect(server.output()).not.toMatch(/failed|could not|dropped/i);

    const last = footprintOf(server);
    await server.stop();
    expect(leftOf(last, server.dataFolder)).toEqual([]);
    expect(readdirSync(folder).flatMap((name) => (name.startsWith("tmp-") ? readdirSync(join(folder, name)) : []))).toEqual([]);
  },
  loadMs + 1_200_000,
);
