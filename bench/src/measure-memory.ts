import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath } from "./functions.ts";
import type { Row } from "./report.ts";
import { descendantsOf, residentMb } from "./resident-memory.ts";

/** The server's own process, beside the floor's front. */
export async function measureServerMemory(bench: Bench, node: InterpretedRuntime, when: string): Promise<readonly Row[]> {
  const floor = await bench.floorOf(node);
  return [
    { measure: "resident memory, server", figure: when, unit: "MiB", mayfly: residentMb(bench.server().pid), floor: residentMb(floor.pid) },
  ];
}

/** All processes of one warm environment, beside a bare client of the same interpreter. */
export async function measureEnvironmentMemory(bench: Bench, runtime: InterpretedRuntime): Promise<readonly Row[]> {
  const path = invokePath(await createFunction(bench.lambda(), "memory", runtime.runtime, "echo"));
  const floor = await bench.floorOf(runtime);
  const before = new Set(descendantsOf(bench.server().pid));
  await bench.load.run({ ...bench.target(bench.server().url), path, callers: 1, warmUpMs: 0, runMs: 30_000, runCount: 100 });
  const added = descendantsOf(bench.server().pid).filter((pid) => !before.has(pid));
  const mayfly = added.reduce((sum, pid) => sum + residentMb(pid), 0);
  return [
    { measure: `resident memory, environment ${runtime.runtime}`, figure: "warm", unit: "MiB", mayfly, floor: residentMb(floor.clientPid) },
  ];
}
