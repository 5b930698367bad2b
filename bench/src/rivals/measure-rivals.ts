import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { InterpretedRuntime } from "@mayfly/runtimes";
import { descendantsOf } from "@mayfly/testkit";
import type { Bench } from "../bench.ts";
import type { Program } from "../functions.ts";
import { memoryMb } from "../processes.ts";
import type { Measurements, RivalRow } from "../report.ts";
import type { Contestant } from "./contestant.ts";
import { lambdaLocal } from "./lambda-local.ts";
import { mayfly } from "./mayfly.ts";
import { ministack } from "./ministack.ts";
import { serverlessOffline } from "./serverless-offline.ts";

const contestants: readonly Contestant[] = [mayfly, serverlessOffline, lambdaLocal, ministack];

const languageNames = { nodejs: "Node", python: "Python" } as const;

type Figures = Map<string, Omit<RivalRow, "figures"> & { readonly figures: Record<string, number> }>;

/** Mayfly and its rivals, one after the other, each with a server of its own for each handler. */
export async function measureRivals(bench: Bench): Promise<Measurements> {
  await bench.stopServer();
  const figures: Figures = new Map();
  const fit: Contestant[] = [];
  for (const contestant of contestants) {
    try {
      await contestant.prepare(bench);
      fit.push(contestant);
    } catch (error) {
      bench.note(`${contestant.name}: ${(error as Error).message}`);
    }
  }
  for (const runtime of [bench.node, bench.python]) {
    for (const program of ["echo", "log"] as const) {
      for (const contestant of fit) {
        if (runtime === undefined || !contestant.languages.includes(runtime.language)) continue;
        bench.say(`${contestant.name}, ${runtime.runtime}, ${program}`);
        try {
          await measureOne(bench, contestant, runtime, program, figures);
        } catch (error) {
          if (contestant === mayfly) throw error;
          bench.note(`${contestant.name}, ${runtime.runtime}, ${program}: ${(error as Error).message.split("\n").join(" ").slice(0, 300)}`);
        }
      }
    }
  }
  return { rows: [], rivals: [...figures.values()] };
}

async function measureOne(
  bench: Bench,
  contestant: Contestant,
  runtime: InterpretedRuntime,
  program: Program,
  all: Figures,
): Promise<void> {
  const folder = mkdtempSync(join(bench.folder, "rival-"));
  const what = `${languageNames[runtime.language]}${program === "log" ? ", logs a line" : ""}`;
  const put = (measure: string, figure: string, unit: RivalRow["unit"], value: number | undefined): void => {
    const name = `${measure}/${figure}`;
    const row = all.get(name) ?? { measure, figure, unit, figures: {} };
    all.set(name, row);
    if (value !== undefined) row.figures[contestant.name] = value;
  };
  const startedMs = performance.now();
  const running = await contestant.start(bench, folder);
  const readyMs = performance.now() - startedMs;
  bench.onClose(running.stop);
  try {
    const target = await running.deploy(runtime, program);
    const { rivalRunMs: runMs, runCount } = bench.limits;
    const isFirst = program === "echo";
    const first = await bench.load.run({ ...target, callers: 1, warmUpMs: 0, runMs: 60_000, runCount: 1 });
    if (isFirst) put(`${what}, first call`, "", "ms", first.p50Ms);
    if (isFirst && runtime === bench.node) put("start to ready", "", "ms", readyMs);
    const alone = await bench.load.run({ ...target, callers: 1, warmUpMs: runMs / 3, runMs, runCount });
    put(`${what}, 1 caller`, "p50", "ms", alone.p50Ms);
    const many = await bench.load.run({ ...target, callers: 64, warmUpMs: runMs / 3, runMs, runCount });
    put(`${what}, 64 callers`, "p50", "ms", many.p50Ms);
    put(`${what}, 64 callers`, "rate", "requests/s", many.requestsPerSecond);
    if (isFirst)
      put(`${what}, memory (PSS) of all its processes after that`, "", "MiB", memoryMb([running.pid, ...descendantsOf(running.pid)]));
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
