import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath, makeCold } from "./functions.ts";
import { median } from "./percentile.ts";
import type { Row } from "./report.ts";

const once = { callers: 1, warmUpMs: 0, runMs: 30_000, runCount: 1 } as const;

/** Cold starts, each from a request's first byte to its answer's last. The floor's is a bare client started for the request. */
export async function measureCold(bench: Bench, runtime: InterpretedRuntime): Promise<readonly Row[]> {
  const functionName = await createFunction(bench.lambda(), "cold", runtime.runtime, "count");
  const floor = await bench.floorOf(runtime);
  const floorMs: number[] = [];
  const mayflyMs: number[] = [];
  for (let round = 0; round < bench.limits.coldStarts; round++) {
    if (round > 0) await makeCold(bench.lambda(), functionName, round);
    const below = await bench.load.run({ ...once, ...bench.target(floor.url), path: "/cold" });
    // An environment that had been invoked before would answer with more than 1.
    const own = await bench.load.run({ ...once, ...bench.target(bench.server().url), path: invokePath(functionName), answer: "1" });
    floorMs.push(below.p50Ms);
    mayflyMs.push(own.p50Ms);
  }
  return [{ measure: `cold start ${runtime.runtime}`, figure: "p50", unit: "ms", mayfly: median(mayflyMs), floor: median(floorMs) }];
}
