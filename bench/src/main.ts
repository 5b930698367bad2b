// The benchmark: one table of Mayfly beside its floor. See bench/README.md.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { InterpretedRuntime } from "@mayfly/runtimes";
import { createBench, type Bench } from "./bench.ts";
import { fullLimits, quickLimits, warmRuntimes } from "./limits.ts";
import { measureCold } from "./measure-cold.ts";
import { measureConsole } from "./measure-console.ts";
import { measureEnvironmentMemory, measureServerMemory } from "./measure-memory.ts";
import { measureStarts } from "./measure-starts.ts";
import { measureWarm } from "./measure-warm.ts";
import { describeMachine, formatTable, type Report, type Row } from "./report.ts";

async function measure(bench: Bench, say: (what: string) => void): Promise<readonly Row[]> {
  const node = bench.runtimes.find(({ interpreter }) => interpreter === process.execPath);
  if (node === undefined) throw new Error("The Node that runs the bench serves no runtime.");
  const warm = bench.runtimes.filter(({ runtime }) => warmRuntimes.includes(runtime));
  const each = async (
    runtimes: readonly InterpretedRuntime[],
    name: string,
    one: (runtime: InterpretedRuntime) => Promise<readonly Row[]>,
  ) => {
    const rows: Row[] = [];
    for (const runtime of runtimes) {
      say(`${name} ${runtime.runtime}`);
      rows.push(...(await one(runtime)));
    }
    return rows;
  };
  say("starts");
  const starts = await measureStarts(bench, node);
  const memory = [...(await measureServerMemory(bench, node, "ready"))];
  memory.push(...(await each(warm, "memory of an environment of", (runtime) => measureEnvironmentMemory(bench, runtime))));
  const colds = await each(bench.runtimes, "cold starts of", (runtime) => measureCold(bench, runtime));
  const warms = await each(warm, "warm invocations of", (runtime) => measureWarm(bench, runtime));
  memory.push(...(await measureServerMemory(bench, node, "after load")));
  say("the console");
  return [...warms, ...colds, ...starts, ...memory, ...(await measureConsole(bench))];
}

async function run(options: { json?: string; quick?: boolean }): Promise<void> {
  const startedAt = new Date().toISOString();
  const bench = await createBench(options.quick ? quickLimits : fullLimits);
  const stop = Promise.withResolvers<never>();
  const timer = setTimeout(() => stop.reject(new Error(`The bench was not done after ${bench.limits.totalMs} ms.`)), bench.limits.totalMs);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => stop.reject(new Error(`Stopped by ${signal}.`)));
  try {
    const rows = await Promise.race([measure(bench, (what) => console.error(`measuring ${what}`)), stop.promise]);
    const report: Report = {
      startedAt,
      quick: options.quick === true,
      machine: describeMachine(),
      runtimes: Object.fromEntries(
        bench.runtimes.map(({ runtime, version, interpreter, exact }) => [
          runtime,
          `${version} at ${interpreter}${exact ? "" : ", the nearest newer version"}`,
        ]),
      ),
      missingRuntimes: bench.missingRuntimes,
      rows,
    };
    console.log(formatTable(rows));
    if (bench.missingRuntimes.length > 0) console.log(`\nNot measured, no interpreter here: ${bench.missingRuntimes.join(", ")}`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  } finally {
    clearTimeout(timer);
    await bench.close();
  }
}

try {
  await run(parseArgs({ options: { json: { type: "string" }, quick: { type: "boolean" } } }).values);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
// Whatever a stopped run is still waiting for goes with it.
process.exit();
