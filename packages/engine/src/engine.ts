import { mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createRuntimes, howToInstall } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { EngineError } from "./engine-error.ts";
import { createEnvironment, type Environment, type EnvironmentResources } from "./environment/environment.ts";
import { findEntrypoint } from "./environment/entrypoint.ts";
import { invalidEntrypoint, runtimeMissing } from "./environment/failures.ts";
import { runWithoutRuntime } from "./environment/run-without-runtime.ts";
import { engineLimits } from "./limits.ts";
import { createEnvironmentPool } from "./scheduling/environment-pool.ts";
import { createGate } from "./scheduling/gate.ts";
import { createMemoryAdmission, promisableMb } from "./scheduling/memory-admission.ts";
import type { Engine, EngineOptions, FunctionTarget, Invocation, InvocationResult } from "./types.ts";

async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all((await readdir(folder)).map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Puts the engine together; no interpreter is looked for and no process started before the first event. */
export async function createEngine(options: EngineOptions, factory: SandboxFactory): Promise<Engine> {
  const { folder, hooks, idleTimeoutMs = engineLimits.idleTimeoutMs } = options;
  await emptyFolder(folder);
  const runtimes = createRuntimes({ runtimesFolder: options.runtimesFolder, bundledNode: options.bundledNode ?? process.execPath });
  const memory = createMemoryAdmission(promisableMb());
  const resources: EnvironmentResources = { factory, folder, hooks, gated: createGate(Math.max(2, availableParallelism())) };
  const pool = createEnvironmentPool(memory, idleTimeoutMs);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  const makeNew = async (
    target: FunctionTarget,
    runtime: NonNullable<Awaited<ReturnType<typeof runtimes.resolve>>>,
  ): Promise<Environment> => {
    if (factory.support.level === "none") throw new EngineError("no-sandbox", "This machine can make no sandbox.");
    await memory.take(target.memorySizeMb, (neededMb) => pool.evict(neededMb));
    try {
      const credentials = await hooks.credentials(target);
      if (closed) throw new EngineError("closed", "The engine is shutting down.");
      const environment: Environment = createEnvironment(resources, target, runtime, credentials, () => pool.endLater(environment));
      pool.add(environment);
      return environment;
    } catch (error) {
      memory.giveBack(target.memorySizeMb);
      throw error;
    }
  };

  const runIn = async (environment: Environment, invocation: Invocation): Promise<InvocationResult> => {
    try {
      return await environment.run(invocation);
    } finally {
      pool.putBack(environment);
    }
  };

  const run = async (target: FunctionTarget, invocation: Invocation): Promise<InvocationResult> => {
    const warm = pool.take(target);
    if (warm !== undefined) return runIn(warm, invocation);
    const { requestId } = invocation;
    const runtime = await runtimes.resolve(target.runtime);
    if (runtime === undefined)
      return runWithoutRuntime(hooks, target, invocation, runtimeMissing(requestId, target.runtime, howToInstall(target.runtime)));
    const entrypoint = await findEntrypoint(runtime, target);
    if ("problem" in entrypoint) return runWithoutRuntime(hooks, target, invocation, invalidEntrypoint(requestId, entrypoint.problem));
    return runIn(pool.take(target) ?? (await makeNew(target, entrypoint.runtime)), invocation);
  };

  return {
    async invoke(target, invocation) {
      if (closed) throw new EngineError("closed", "The engine is shutting down.");
      const running = run(target, invocation);
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    retire: (targetId) => pool.retire(targetId),
    environments: () => [...pool.all].map((environment) => environment.stats()),
    async close(graceMs) {
      closed = true;
      pool.close();
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(underWay), grace]);
      clearTimeout(timer);
      await Promise.allSettled([...pool.all].map((environment) => pool.end(environment)));
      await Promise.allSettled(underWay);
    },
  };
}
