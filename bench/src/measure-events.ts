import { DeleteFunctionCommand } from "@aws-sdk/client-lambda";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath } from "./functions.ts";
import { goals } from "./goals.ts";
import { eventCallers } from "./limits.ts";
import type { Measurements } from "./report.ts";

/** Asynchronous invocations: each is on disk before its 202. They run meanwhile, as they would. */
export async function measureEvents(bench: Bench): Promise<Measurements> {
  bench.say("asynchronous invocations");
  const FunctionName = await createFunction(bench.lambda(), "events", bench.node.runtime, "echo");
  const { warmUpMs, runMs, runCount } = bench.limits;
  const result = await bench.load.run({
    ...bench.target(bench.server().url),
    path: invokePath(FunctionName),
    headers: { "x-amz-invocation-type": "Event" },
    status: 202,
    answer: "",
    callers: eventCallers,
    warmUpMs,
    runMs,
    runCount,
  });
  // What has not run yet runs no more.
  await bench.lambda().send(new DeleteFunctionCommand({ FunctionName }));
  const measure = `Event invocations accepted, ${eventCallers} callers`;
  return {
    rows: [
      { measure, figure: "rate", unit: "requests/s", mayfly: result.requestsPerSecond, goal: goals.eventRate },
      { measure, figure: "p99", unit: "ms", mayfly: result.p99Ms },
    ],
  };
}
