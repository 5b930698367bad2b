import { mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createRuntimes, howToInstall } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { EngineError } from "./engine-error.ts";
import { createEnvironment, type Environment, type EnvironmentResources } from "./environment/environment.ts";
import { runWithoutRuntime } from "./environment/run-without-runtime.ts";
import { engineLimits } from "./limits.ts";
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
  const all = new Set<Environment>();
  /** Least recently used first. */
  const idle = new Map<Environment, NodeJS.Timeout>();
  const ending = new WeakSet<Environment>();
  /** Busy ones that are to end when they are done. */
  const retiring = new WeakSet<Environment>();
  const underWay = new Set<Promise<unknown>>();
  let endingMb = 0;
  let closed = false;

  const end = async (environment: Environment): Promise<void> => {
    clearTimeout(idle.get(environment));
    idle.delete(environment);
    if (!all.has(environment) || ending.has(environment)) return environment.stop();
    ending.add(environment);
    const { memorySizeMb } = environment.target;
    endingMb += memorySizeMb;
    await environment.stop().finally(() => {
      endingMb -= memorySizeMb;
      all.delete(environment);
      memory.giveBack(memorySizeMb);
    });
  };
  const endLater = (environment: Environment): void => void end(environment).catch(() => {});

  const evict = (neededMb: number): number => {
    for (const environment of idle.keys()) {
      if (endingMb >= neededMb) break;
      endLater(environment);
    }
    return endingMb;
  };

  const outlives = (environment: Environment, target: FunctionTarget): boolean =>
    environment.expiresAtMs - Date.now() > target.timeoutMs + engineLimits.credentialMarginMs;

  const takeIdle = (target: FunctionTarget): Environment | undefined => {
    let last: Environment | undefined;
    for (const environment of idle.keys()) {
      if (environment.target.id !== target.id) continue;
      if (outlives(environment, target)) last = environment;
      else endLater(environment);
    }
    if (last !== undefined) {
      clearTimeout(idle.get(last));
      idle.delete(last);
    }
    return last;
  };

  const makeNew = async (target: FunctionTarget, runtime: NonNullable<Awaited<ReturnType<typeof runtimes.resolve>>>): Promise<Environment> => {
    if (factory.support.level === "none") throw new EngineError("no-sandbox", "This machine can make no sandbox.");
    await memory.take(target.memorySizeMb, evict);
    try {
      const credentials = await hooks.credentials(target);
      if (closed) throw new EngineError("closed", "The engine is shutting down.");
      const environment: Environment = createEnvironment(resources, target, runtime, credentials, () => endLater(environment));
      all.add(environment);
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
      if (environment.reusable && !retiring.has(environment) && !closed) {
        const timer = setTimeout(() => endLater(environment), idleTimeoutMs);
        timer.unref();
        idle.set(environment, timer);
      } else endLater(environment);
    }
  };
  const run = async (target: FunctionTarget, invocation: Invocation): Promise<InvocationResult> => {
    const warm = takeIdle(target);
    if (warm !== undefined) return runIn(warm, invocation);
    const runtime = await runtimes.resolve(target.runtime);
    if (runtime === undefined) return runWithoutRuntime(hooks, target, invocation, howToInstall(target.runtime));
    return runIn(takeIdle(target) ?? (await makeNew(target, runtime)), invocation);
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
    retire(targetId) {
      for (const environment of all) {
        if (environment.target.id !== targetId) continue;
        if (idle.has(environment)) endLater(environment);
        else retiring.add(environment);
      }
    },
    environments: () => [...all].map((environment) => environment.stats()),
    async close(graceMs) {
      closed = true;
      for (const environment of idle.keys()) endLater(environment);
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(underWay), grace]);
      clearTimeout(timer);
      await Promise.allSettled([...all].map(end));
      await Promise.allSettled(underWay);
    },
  };
}
