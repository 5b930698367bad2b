import { mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createRuntimes, howToInstall } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { EngineError } from "./engine-error.ts";
import { createEnvironment, type Environment } from "./environment/environment.ts";
import type { Entrypoint } from "./environment/entrypoint.ts";
import { createEntrypoints, type Entrypoints } from "./environment/entrypoints.ts";
import { runtimeMissing, startFailed, type Failure } from "./environment/failures.ts";
import { runWithoutRuntime } from "./environment/run-without-runtime.ts";
import type { ProcessResources } from "./environment/runtime-process.ts";
import { engineLimits } from "./limits.ts";
import { createReadingBudget } from "./logs/reading-budget.ts";
import { ResponseStream } from "./runtime-api/response-stream.ts";
import { streamed } from "./runtime-api/streamed-response.ts";
import { createGate } from "./scheduling/gate.ts";
import { createMemoryAdmission, promisableMb, type MemoryAdmission } from "./scheduling/memory-admission.ts";
import { Scheduler } from "./scheduling/scheduler.ts";
import { createPreloads } from "./scheduling/preloads.ts";
import { BootedSpares } from "./scheduling/spares.ts";
import { SandboxedZygotes } from "./scheduling/zygotes.ts";
import type { Engine, EngineOptions, FunctionTarget, InitializationType, Invocation, InvocationResult } from "./types.ts";

async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all((await readdir(folder)).map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

function startFailure(target: FunctionTarget, { requestId }: Invocation, entrypoint: Entrypoint | undefined): Failure | undefined {
  if (entrypoint === undefined) return runtimeMissing(requestId, target.runtime, howToInstall(target.runtime));
  return "problem" in entrypoint ? startFailed(requestId, entrypoint) : undefined;
}

/** What an engine is made of. */
interface Parts {
  readonly resources: ProcessResources;
  readonly memory: MemoryAdmission;
  readonly entrypoints: Entrypoints;
  readonly scheduler: Scheduler;
  /** The environments that were started last, the newest last. */
  readonly starts: readonly Environment[];
}

async function makeParts(options: EngineOptions, factory: SandboxFactory): Promise<Parts> {
  const { folder, hooks, idleTimeoutMs = engineLimits.idleTimeoutMs, cpu = "proportional" } = options;
  const nothing = join(folder, "empty");
  await emptyFolder(folder);
  await mkdir(nothing);
  const runtimes = createRuntimes({ runtimesFolder: options.runtimesFolder, bundledNode: options.bundledNode ?? process.execPath });
  const memory = createMemoryAdmission(options.memoryMb ?? promisableMb());
  const countsUse = factory.boundMemory(memory.totalMb * 2 ** 20);
  const gate = createGate(Math.max(2, availableParallelism()));
  const zygotes = new SandboxedZygotes({ factory, folder, memory });
  const preloads = createPreloads();
  const spares = new BootedSpares({ factory, folder, memory, gate, zygotes, preloads });
  const resources: ProcessResources = {
    factory,
    folder,
    emptyFolder: nothing,
    hooks,
    readingBudget: createReadingBudget(),
    spares,
    zygotes,
    preloads,
    gate,
    cpu,
  };
  const entrypoints = createEntrypoints(runtimes);
  const starts: Environment[] = [];
  const create = async (target: FunctionTarget, initializationType: InitializationType): Promise<Environment> => {
    if (factory.support.level === "none") throw new EngineError("no-sandbox", "This machine can make no sandbox.");
    const [entrypoint, credentials] = await Promise.all([entrypoints.of(target), hooks.credentials(target)]);
    if (entrypoint === undefined || "problem" in entrypoint) throw new Error(`${target.id} was asked for, and can't be started`);
    const { runtime, extensions } = entrypoint;
    const onIdleExit = (): void => void scheduler.end(environment).catch(() => {});
    const environment: Environment = createEnvironment({
      resources,
      target,
      runtime,
      extensions,
      credentials,
      initializationType,
      onIdleExit,
    });
    starts.push(environment);
    if (starts.length > engineLimits.startRecords) starts.shift();
    return environment;
  };
  const scheduler = new Scheduler({ memory, countsUse, idleTimeoutMs, gate, create, freeOther: (neededMb) => spares.free(neededMb) });
  return { resources, memory, entrypoints, scheduler, starts };
}

async function run(
  { resources, entrypoints, scheduler }: Parts,
  target: FunctionTarget,
  invocation: Invocation,
  response: ResponseStream | undefined,
  underWay: Set<Promise<unknown>>,
): Promise<InvocationResult> {
  const entrypoint = await entrypoints.of(target);
  const failure = startFailure(target, invocation, entrypoint);
  if (failure !== undefined) return runWithoutRuntime(resources, target, invocation, failure, entrypoint);
  const acquired = scheduler.acquire(target);
  const environment = acquired instanceof Promise ? await acquired : acquired;
  const startedAt = performance.now();
  try {
    return await environment.run(invocation, response);
  } finally {
    const release = (): void => scheduler.release(environment, performance.now() - startedAt);
    const { rest } = environment;
    if (rest === undefined) release();
    else {
      const over = rest.then(release, release);
      underWay.add(over);
      void over.finally(() => underWay.delete(over));
    }
  }
}

/** Of an invocation that has ended extensions may go on, and are under way from then on. */
async function allSettled(underWay: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}

/** Ends everything once what is under way has ended, or the time for it is over. */
async function close({ resources, scheduler }: Parts, underWay: ReadonlySet<Promise<unknown>>, graceMs: number): Promise<void> {
  scheduler.close();
  resources.readingBudget.open();
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([allSettled(underWay), grace]);
  clearTimeout(timer);
  await Promise.allSettled([...scheduler.all].map((environment) => scheduler.end(environment)));
  await Promise.allSettled([...underWay, resources.spares.close()]);
  await resources.zygotes.close();
  await rm(resources.emptyFolder, { recursive: true, force: true });
}

/** Puts the engine together; no interpreter is looked for and no process started before the first event. */
export async function createEngine(options: EngineOptions, factory: SandboxFactory): Promise<Engine> {
  const parts = await makeParts(options, factory);
  const { scheduler, memory, resources } = parts;
  const underWay = new Set<Promise<unknown>>();
  const looks = {
    environments: () => [...scheduler.all].map((environment) => environment.stats()),
    starts: () => parts.starts.map((environment) => environment.stats()),
    spares: () => resources.spares.stats(),
  };
  const invoke = async (target: FunctionTarget, invocation: Invocation, response?: ResponseStream): Promise<InvocationResult> => {
    const running = run(parts, target, invocation, response, underWay);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };

  return {
    invoke: (target, invocation) => invoke(target, invocation),
    invokeStreaming: (target, invocation) =>
      streamed(new ResponseStream(options.streamLimits), (response) => invoke(target, invocation, response)),
    retire: (targetId) => scheduler.retire(targetId),
    provision: (target, count) => scheduler.provision(target, count),
    provisioned: (targetId) => Promise.resolve(scheduler.provisioned(targetId)),
    ...looks,
    status: () =>
      Promise.resolve({
        environments: looks.environments(),
        starts: looks.starts(),
        spares: looks.spares(),
        waiting: scheduler.waiting(),
        memory: { promisedMb: memory.usedMb, promisableMb: memory.totalMb },
      }),
    usage: async (environmentId) => [...scheduler.all].find(({ id }) => id === environmentId)?.usage(),
    close: (graceMs) => close(parts, underWay, graceMs),
  };
}
