import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath, type Program } from "./functions.ts";
import { goals, type Goal } from "./goals.ts";
import { burstCallers } from "./limits.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { Measurements, Row } from "./report.ts";
import { untilQuiet } from "./until-quiet.ts";

/** How long functions are held: the second time is for machines that have much else to do. Milliseconds. */
const holdsMs = [6_000, 25_000];

const once = { callers: burstCallers, warmUpMs: 0, runMs: 60_000, runCount: burstCallers } as const;

/** Many callers at once of a function that has no environment yet. */
export async function measureBurst(bench: Bench): Promise<Measurements> {
  const rows = [...(await measureRuntime(bench, bench.node, goals.burstNode))];
  if (bench.python !== undefined) rows.push(...(await measureRuntime(bench, bench.python, goals.burstPython)));
  return { rows };
}

async function measureRuntime(bench: Bench, runtime: InterpretedRuntime, goal: Goal): Promise<readonly Row[]> {
  const measure = `${burstCallers} at once, cold, ${runtime.runtime}`;
  bench.say(measure);
  const rows: Row[] = [];
  const heldMs = await measureHeld(bench, runtime);
  if (heldMs === undefined) bench.note(`${measure}, an environment each: it took longer than the machine can be asked to wait`);
  else rows.push({ measure: `${measure}, an environment each`, figure: "to last answer", unit: "s", mayfly: heldMs / 1000, goal });
  const echoMs = await callAll(bench, await deploy(bench, runtime, "echo", {}), {});
  rows.push({ measure: `${measure}, as many environments as it takes`, figure: "to last answer", unit: "s", mayfly: echoMs / 1000 });
  return rows;
}

/** Each function is held until all have been started, and the time that it is held taken off. Undefined if that never was long enough. */
async function measureHeld(bench: Bench, runtime: InterpretedRuntime): Promise<number | undefined> {
  for (const holdMs of holdsMs) {
    try {
      const name = await deploy(bench, runtime, "hold", { HOLD_MS: String(holdMs) });
      // Each answers 1: none was invoked twice, so that there were as many environments as callers.
      return (await callAll(bench, name, { answer: "1" })) - holdMs;
    } catch (error) {
      if (!/\n\n2$|^No answer/.test((error as Error).message)) throw error;
    }
  }
}

const deploy = (
  bench: Bench,
  runtime: InterpretedRuntime,
  program: Program,
  variables: Readonly<Record<string, string>>,
): Promise<string> => createFunction(bench.lambda(), `burst-${variables["HOLD_MS"] ?? "0"}`, runtime.runtime, program, { variables });

async function callAll(bench: Bench, functionName: string, more: Pick<LoadPlan, "answer">): Promise<number> {
  await untilQuiet(bench.server().pid);
  const plan: LoadPlan = { ...once, ...bench.target(bench.server().url), path: invokePath(functionName), ...more };
  return (await bench.load.run(plan)).tookMs;
}
