import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { InterpretedRuntime } from "@mayfly/runtimes";
import { descendantsOf, waitFor } from "@mayfly/testkit";
import type { Bench } from "../bench.ts";
import { createFunction, invokePath } from "../functions.ts";
import type { LoadResult } from "../load-plan.ts";
import { cpuMs } from "../processes.ts";
import { summarize, type CpuProfile } from "./cpu-profile.ts";
import { formatProfile } from "./format-profile.ts";
import { threadTimes, usedBetween } from "./thread-times.ts";

const hook = fileURLToPath(new URL("hook.mjs", import.meta.url));

/** Writing a profile takes its time. */
const writeTimeoutMs = 60_000;

/** The environment of a server whose threads can be profiled. */
export const profiledServer = (folder: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${hook}`,
  MAYFLY_PROFILE_FOLDER: folder,
});

/** Warm invocations, profiled at each number of callers. Answers text for people; the profiles themselves stay in the folder. */
export async function profileWarm(bench: Bench, runtime: InterpretedRuntime, folder: string): Promise<string> {
  const path = invokePath(await createFunction(bench.lambda(), "profile", runtime.runtime, "echo"));
  const { pid, url } = bench.server();
  const plan = { ...bench.target(url), path };
  const { warmUpMs, runMs, runCount } = bench.limits;
  const texts: string[] = [];
  const toggle = (kind: string): Promise<readonly string[]> => {
    const before = new Set(readdirSync(folder));
    process.kill(pid, "SIGUSR2");
    return waitFor(
      `the profiler's file ${kind}`,
      () => {
        const fresh = readdirSync(folder).filter((name) => name.endsWith(kind) && !before.has(name));
        return fresh.some((name) => name.includes("main")) && fresh.toSorted();
      },
      writeTimeoutMs,
    );
  };
  for (const callers of bench.limits.callers) {
    bench.say(`the profile of ${runtime.runtime}, ${callers} at once`);
    // Once more than the other measures: what is to be seen is code that V8 has optimized.
    for (let i = 0; i < 2; i++) await bench.load.run({ ...plan, callers, warmUpMs, runMs: warmUpMs, runCount });
    await toggle("started");
    const environments = descendantsOf(pid);
    const before = { threads: threadTimes(pid), environments: cpuMs(environments), load: cpuMs([bench.load.pid]) };
    const result = await bench.load.run({ ...plan, callers, warmUpMs: 0, runMs, runCount });
    const used = new Map([
      ...usedBetween(before.threads, threadTimes(pid)),
      [`${environments.length} processes of environments`, cpuMs(environments) - before.environments],
      ["load generator", cpuMs([bench.load.pid]) - before.load],
    ]);
    texts.push(heading(runtime, callers, result, used));
    for (const name of await toggle("cpuprofile")) {
      const profile = JSON.parse(readFileSync(join(folder, name), "utf8")) as CpuProfile;
      const threadMs = used.get(name.includes("main") ? "main" : "WorkerThread") ?? 0;
      texts.push(formatProfile(name, summarize(profile), (threadMs * 1000) / result.requests));
    }
  }
  return texts.join("\n\n");
}

function heading({ runtime }: InterpretedRuntime, callers: number, result: LoadResult, used: ReadonlyMap<string, number>): string {
  const threads = [...used].map(([name, ms]) => `${name} ${((ms * 1000) / result.requests).toFixed(0)}`).join(", ");
  return [
    `## ${runtime}, ${callers} ${callers === 1 ? "caller" : "callers"}: ${result.requests} requests, ${result.requestsPerSecond.toFixed(0)}/s, p50 ${result.p50Ms.toFixed(2)} ms, p99 ${result.p99Ms.toFixed(2)} ms (slower than without a profiler)`,
    `CPU time of the server's threads and of others, microseconds a request: ${threads}`,
  ].join("\n");
}
