import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { SandboxFactory, SandboxMount } from "@mayfly/sandbox";
import type { EnvironmentLog } from "../logs/environment-log.ts";
import type { ReadingBudget } from "../logs/reading-budget.ts";
import type { ShutdownReason } from "../runtime-api/extension-answers.ts";
import type { RuntimeSession } from "../runtime-api/runtime-session.ts";
import type { Gate } from "../scheduling/gate.ts";
import type { Preloads } from "../scheduling/preloads.ts";
import { mayBeSpare, type Spares } from "../scheduling/spares.ts";
import type { Zygotes } from "../scheduling/zygotes.ts";
import type { CpuMode, EngineHooks, EnvironmentUsage, FunctionTarget } from "../types.ts";
import { engineLimits } from "../limits.ts";
import { bootProcess, type BootedProcess } from "./booted-process.ts";
import { awsEndpointPort } from "./environment-variables.ts";
import type { StartPhases } from "./phases.ts";
import { shutDown, type ExtensionExits } from "./shut-down.ts";
import { usageOf } from "./process-usage.ts";

/** What a process is started with. */
export interface RuntimeProcessSpec {
  /** Unique while the server lives. */
  readonly id: string;
  readonly target: FunctionTarget;
  readonly runtime: ResolvedRuntime;
  /** Names of its external extensions. */
  readonly extensions: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly log: EnvironmentLog;
}

/** What every process is started by. */
export interface ProcessResources {
  readonly factory: SandboxFactory;
  /** Where processes' own folders are made. */
  readonly folder: string;
  /** An empty folder, shown at /opt. */
  readonly emptyFolder: string;
  readonly hooks: EngineHooks;
  readonly readingBudget: ReadingBudget;
  readonly spares: Spares;
  readonly zygotes: Zygotes;
  readonly preloads: Preloads;
  readonly cpu: CpuMode;
  /** Lets in as many starts as the machine has cores for. */
  readonly gate: Gate;
}

/** One process of a runtime in its sandbox, with its function's code, and those of its extensions. */
export interface RuntimeProcess {
  readonly pid: number;
  readonly session: RuntimeSession;
  /** When it was given its code, by the monotonic clock: INIT counts from here. */
  readonly startedAt: number;
  readonly phases: StartPhases;
  /** Resolves once the runtime or an extension has ended. */
  readonly lost: Promise<unknown>;
  usage(): Promise<EnvironmentUsage | undefined>;
  peakMemoryMb(): Promise<number | undefined>;
  /** From now on it has the processor time that its function's memory stands for; until then it had all there is, as INIT has on AWS. */
  bindCpu(): void;
  /** It was told to end. */
  readonly isEnding: boolean;
  /** Ends it; resolves when nothing of it is left, its log taken and its folder removed. The reason that was told first stands. */
  end(reason: ShutdownReason): Promise<void>;
}

const mebibyte = 1024 * 1024;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const cpusOf = (memorySizeMb: number): number => Math.min(memorySizeMb / engineLimits.memoryMbOfOneCpu, engineLimits.maxCpus);

const mountsOf = (target: FunctionTarget, emptyFolder: string): readonly SandboxMount[] => [
  { kind: "bind", source: target.optFolder ?? emptyFolder, target: "/opt", readOnly: true },
  { kind: "bind", source: target.codeFolder, target: "/var/task", readOnly: true },
  { kind: "tmpfs", target: "/tmp", sizeBytes: target.ephemeralStorageMb * mebibyte, mode: 0o1777 },
];

/** Takes a process that waits booted, or starts one. @throws SandboxError */
export async function startRuntimeProcess(resources: ProcessResources, spec: RuntimeProcessSpec): Promise<RuntimeProcess> {
  const askedAt = performance.now();
  // Extensions come first, in the sandbox and in time: what waits there already would be too early.
  const spare = spec.extensions.length > 0 ? undefined : resources.spares.take(spec.runtime, spec.target);
  const started = spare === undefined ? await startWithCode(resources, spec) : await giveCode(spare, spec, resources);
  const { booted, startedAt, phases } = started;
  const { sandbox, session } = booted;
  session.extensions.serve(spec.target);
  void session.init.then(({ kind }) => kind === "ready" && resources.preloads.note(spec.target, session.loaded));
  let connections = 0;
  sandbox.listeners.get(awsEndpointPort)!.on("connection", (socket) => {
    socket.on("error", () => socket.destroy());
    if (connections >= engineLimits.awsConnectionsPerEnvironment) return void socket.destroy();
    connections++;
    socket.on("close", () => connections--);
    resources.hooks.awsConnection(spec.target, socket);
  });
  spec.log.attach(sandbox.stdout);
  spec.log.attach(sandbox.stderr);
  const cleanUp = async (): Promise<void> => {
    const exit = await sandbox.exited;
    await spec.log.ended();
    session.ended(exit);
    await booted.remove();
  };
  const exits = watchExtensions(spec, booted);
  const over = cleanUp();
  let ending: Promise<void> | undefined;
  return {
    pid: sandbox.pid,
    session,
    startedAt,
    phases: phases(askedAt),
    lost: Promise.race([sandbox.commandExited, ...exits.values()]),
    usage: () => usageOf(sandbox),
    async peakMemoryMb() {
      const bytes = await sandbox.peakMemoryBytes();
      return bytes === undefined ? undefined : Math.ceil(bytes / mebibyte);
    },
    bindCpu() {
      if (resources.cpu === "proportional") sandbox.limit({ cpus: cpusOf(spec.target.memorySizeMb) });
    },
    get isEnding() {
      return ending !== undefined;
    },
    end: (reason) => (ending ??= shutDown(sandbox, session.extensions, exits, reason).then(() => over)),
  };
}

/** Starts the runtime once all external extensions have registered, and tells the session of whatever ends. */
function watchExtensions({ extensions, log }: RuntimeProcessSpec, { sandbox, session }: BootedProcess): ExtensionExits {
  if (extensions.length === 0) return new Map();
  session.extensions.whenRegistered(() => sandbox.startCommand());
  // What they wrote before comes first.
  void sandbox.commandExited.then((exit) => log.drain().then(() => session.runtimeEnded(exit)));
  return new Map(
    extensions.map((name, index) => {
      const exited = sandbox.besideExited[index]!;
      void exited.then((exit) => log.drain().then(() => session.extensionEnded(exit)));
      return [name, exited];
    }),
  );
}

interface Started {
  readonly booted: BootedProcess;
  readonly startedAt: number;
  readonly phases: (askedAt: number) => StartPhases;
}

async function startWithCode({ factory, folder, emptyFolder, zygotes }: ProcessResources, spec: RuntimeProcessSpec): Promise<Started> {
  const { id, target, runtime, variables, extensions } = spec;
  const booted = await bootProcess(factory, {
    id,
    runtime,
    variables,
    extensions,
    folder,
    command: runtime.command(target.memorySizeMb),
    memoryBytes: target.memorySizeMb * mebibyte,
    mounts: mountsOf(target, emptyFolder),
    zygote: extensions.length === 0 && mayBeSpare(target) ? zygotes.of(runtime) : undefined,
  });
  const madeAt = performance.now();
  return {
    booted,
    startedAt: booted.startedAt,
    phases: (askedAt) => ({ pooled: false, waitedMs: booted.startedAt - askedAt, sandboxMs: madeAt - booted.startedAt, codeMs: 0 }),
  };
}

/** The waiting process gets the function's code, memory and variables, in that order: it looks for its code once it has its variables. */
async function giveCode(
  booted: BootedProcess,
  { target, variables }: RuntimeProcessSpec,
  { emptyFolder }: ProcessResources,
): Promise<Started> {
  const startedAt = performance.now();
  booted.sandbox.limit({ memoryBytes: target.memorySizeMb * mebibyte });
  await booted.sandbox.attach(mountsOf(target, emptyFolder));
  booted.session.assignment.assign(variables);
  const givenAt = performance.now();
  return {
    booted,
    startedAt,
    phases: (askedAt) => ({ pooled: true, waitedMs: startedAt - askedAt, sandboxMs: 0, codeMs: givenAt - startedAt }),
  };
}
