import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath, type Program } from "./functions.ts";
import { goals } from "./goals.ts";
import type { LoadPlan, LoadResult } from "./load-plan.ts";
import type { Measurements, Row } from "./report.ts";

const programs: readonly Program[] = ["echo", "log"];

/** Warm invocations of a function that returns its event, and of one that writes a line of log first; the floor's just before Mayfly's. */
export async function measureWarm(bench: Bench): Promise<Measurements> {
  const rows: Row[] = [];
  for (const runtime of [bench.node, bench.python]) if (runtime !== undefined) rows.push(...(await measureRuntime(bench, runtime)));
  return { rows };
}

async function measureRuntime(bench: Bench, runtime: InterpretedRuntime): Promise<readonly Row[]> {
  const floor = await bench.floorOf(runtime);
  const names = await Promise.all(programs.map((program) => createFunction(bench.lambda(), "warm", runtime.runtime, program)));
  const { warmUpMs, runMs, runCount } = bench.limits;
  const run = (url: string, path: string, callers: number): Promise<LoadResult> => {
    const plan: LoadPlan = { ...bench.target(url), path, callers, warmUpMs, runMs, runCount };
    return bench.load.run(plan);
  };
  const rows: Row[] = [];
  for (const callers of bench.limits.callers) {
    bench.say(`warm invocations of ${runtime.runtime}, ${callers} at once`);
    const below = await run(floor.url, "/", callers);
    for (const [index, program] of programs.entries()) {
      const own = await run(bench.server().url, invokePath(names[index] ?? ""), callers);
      rows.push(...rowsOf(`warm Invoke ${runtime.runtime}${program === "log" ? ", logs a line" : ""}`, callers, own, below));
    }
  }
  return rows;
}

function rowsOf(what: string, callers: number, own: LoadResult, below: LoadResult): readonly Row[] {
  const measure = `${what}, ${callers} ${callers === 1 ? "caller" : "callers"}`;
  const alone = callers === 1;
  return [
    { measure, figure: "p50", unit: "ms", mayfly: own.p50Ms, floor: below.p50Ms, ...(alone && { goal: goals.warmP50 }) },
    { measure, figure: "p99", unit: "ms", mayfly: own.p99Ms, floor: below.p99Ms, ...(alone && { goal: goals.warmP99 }) },
    {
      measure,
      figure: "rate",
      unit: "requests/s",
      mayfly: own.requestsPerSecond,
      floor: below.requestsPerSecond,
      ...(!alone && { goal: goals.requestRate }),
    },
  ];
}
