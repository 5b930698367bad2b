import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath } from "./functions.ts";
import { goals } from "./goals.ts";
import { payloadBytes } from "./limits.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { Measurements, Row } from "./report.ts";

/** An event of 6 MB, returned; the floor is an HTTP server that sends back what it gets. */
export async function measurePayload(bench: Bench): Promise<Measurements> {
  const rows = [await measureRuntime(bench, bench.node)];
  if (bench.python !== undefined) rows.push(await measureRuntime(bench, bench.python));
  return { rows };
}

async function measureRuntime(bench: Bench, runtime: InterpretedRuntime): Promise<Row> {
  bench.say(`large events of ${runtime.runtime}`);
  const floor = await bench.floorOf(runtime);
  const path = invokePath(await createFunction(bench.lambda(), "payload", runtime.runtime, "echo"));
  const { payloads, warmUpMs } = bench.limits;
  const plan: Omit<LoadPlan, "url" | "signAs" | "path"> = {
    callers: 1,
    warmUpMs,
    runMs: 20_000,
    runCount: payloads,
    bodyBytes: payloadBytes,
  };
  const below = await bench.load.run({ ...plan, ...bench.target(floor.url), path: "/plain" });
  const own = await bench.load.run({ ...plan, ...bench.target(bench.server().url), path });
  return {
    measure: `6 MB there and back, ${runtime.runtime}`,
    figure: "p50",
    unit: "ms",
    mayfly: own.p50Ms,
    floor: below.p50Ms,
    goal: goals.payloadP50,
  };
}
