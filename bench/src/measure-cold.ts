import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath, makeCold, type Language, type Program } from "./functions.ts";
import { goals, type Goal } from "./goals.ts";
import { hasBoto3 } from "./has-boto3.ts";
import { median } from "./percentile.ts";
import type { Measurements, Row } from "./report.ts";
import { untilQuiet } from "./until-quiet.ts";

const once = { callers: 1, warmUpMs: 0, runMs: 30_000, runCount: 1 } as const;

/** An interpreter reads these when it starts, so that no process that was booted ahead will do. */
const startVariables: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  nodejs: { NODE_NO_WARNINGS: "1" },
  python: { PYTHONDONTWRITEBYTECODE: "1" },
};

interface ColdStart {
  readonly what: string;
  readonly program: Program;
  readonly variables?: Readonly<Record<string, string>>;
  readonly goal: Goal;
}

/** Cold starts, from the pool and without it, each from a request's first byte to its answer's last. The floor's is a bare client started for the request. */
export async function measureCold(bench: Bench): Promise<Measurements> {
  const { node, python } = bench;
  const rows = [
    await measureOne(bench, node, { what: "", program: "count", goal: goals.coldNode }),
    await measureOne(bench, node, { what: ", no pool", program: "count", variables: startVariables.nodejs, goal: goals.coldUnpooled }),
  ];
  if (python === undefined) return { rows };
  rows.push(
    await measureOne(bench, python, { what: "", program: "count", goal: goals.coldPython }),
    await measureOne(bench, python, { what: ", no pool", program: "count", variables: startVariables.python, goal: goals.coldUnpooled }),
  );
  if (await hasBoto3(bench, python))
    rows.push(await measureOne(bench, python, { what: " importing boto3", program: "countBoto3", goal: goals.coldBoto3 }));
  return { rows };
}

async function measureOne(bench: Bench, runtime: InterpretedRuntime, { what, program, variables, goal }: ColdStart): Promise<Row> {
  const measure = `cold start ${runtime.runtime}${what}`;
  bench.say(measure);
  const options = variables === undefined ? {} : { variables };
  const purpose = variables === undefined ? "cold" : "unpooled";
  const functionName = await createFunction(bench.lambda(), purpose, runtime.runtime, program, options);
  const floor = await bench.floorOf(runtime);
  const floorMs: number[] = [];
  const mayflyMs: number[] = [];
  // The first one is not counted: with it the pool learns that there is somebody to wait for.
  for (let round = 0; round <= bench.limits.coldStarts; round++) {
    if (round > 0) await makeCold(bench.lambda(), functionName, round);
    await untilQuiet(bench.server().pid);
    const below = await bench.load.run({ ...once, ...bench.target(floor.url), path: "/cold" });
    // An environment that had been invoked before would answer with more than 1.
    const own = await bench.load.run({ ...once, ...bench.target(bench.server().url), path: invokePath(functionName), answer: "1" });
    if (round === 0) continue;
    floorMs.push(below.p50Ms);
    mayflyMs.push(own.p50Ms);
  }
  return { measure, figure: "p50", unit: "ms", mayfly: median(mayflyMs), floor: median(floorMs), goal };
}
