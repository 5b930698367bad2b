import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath } from "./functions.ts";
import type { Row } from "./report.ts";

/** Warm invocations at each number of callers, the floor's just before Mayfly's. */
export async function measureWarm(bench: Bench, runtime: InterpretedRuntime): Promise<readonly Row[]> {
  const path = invokePath(await createFunction(bench.lambda(), "warm", runtime.runtime, "echo"));
  const floor = await bench.floorOf(runtime);
  const { warmUpMs, runMs, runCount } = bench.limits;
  const rows: Row[] = [];
  for (const callers of bench.limits.callers) {
    const plan = { path, callers, warmUpMs, runMs, runCount };
    const below = await bench.load.run({ ...plan, ...bench.target(floor.url) });
    const own = await bench.load.run({ ...plan, ...bench.target(bench.server().url) });
    const measure = `warm Invoke ${runtime.runtime}, ${callers} ${callers === 1 ? "caller" : "callers"}`;
    rows.push(
      { measure, figure: "p50", unit: "ms", mayfly: own.p50Ms, floor: below.p50Ms },
      { measure, figure: "p99", unit: "ms", mayfly: own.p99Ms, floor: below.p99Ms },
      { measure, figure: "rate", unit: "requests/s", mayfly: own.requestsPerSecond, floor: below.requestsPerSecond },
    );
  }
  return rows;
}
