import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { Sandbox, SandboxExit, SandboxFactory, SandboxSpec } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import type { EnvironmentLog } from "../logs/environment-log.ts";
import { serveRuntimeApi, type RuntimeSession } from "../runtime-api/runtime-session.ts";
import type { EngineHooks, FunctionTarget } from "../types.ts";
import { awsEndpointPort, runtimeApiPort } from "./environment-variables.ts";

/** What a process is started with. */
export interface RuntimeProcessSpec {
  /** Unique while the server lives. */
  readonly id: string;
  readonly target: FunctionTarget;
  readonly runtime: ResolvedRuntime;
  readonly variables: Readonly<Record<string, string>>;
  /** Where the process's own folder is made. */
  readonly folder: string;
  readonly log: EnvironmentLog;
  readonly hooks: EngineHooks;
}

/** One process of a runtime in its sandbox. */
export interface RuntimeProcess {
  readonly pid: number;
  readonly session: RuntimeSession;
  /** When the sandbox's first process was started, by the monotonic clock. */
  readonly startedAt: number;
  readonly exited: Promise<SandboxExit>;
  peakMemoryMb(): Promise<number | undefined>;
  /** Ends it; resolves when nothing of it is left, its log taken and its folder removed. */
  end(): Promise<void>;
}

const mebibyte = 1024 * 1024;

function sandboxSpec({ id, target, runtime, variables }: RuntimeProcessSpec, folder: string, emptyFolder: string): SandboxSpec {
  return {
    id,
    folder,
    mounts: [
      ...runtime.mounts.map(({ source, target: inside }) => ({ kind: "bind" as const, source, target: inside, readOnly: true })),
      { kind: "bind", source: target.optFolder ?? emptyFolder, target: "/opt", readOnly: true },
      { kind: "bind", source: target.codeFolder, target: "/var/task", readOnly: true },
      { kind: "tmpfs", target: "/tmp", sizeBytes: target.ephemeralStorageMb * mebibyte, mode: 0o1777 },
    ],
    command: runtime.command(target.memorySizeMb),
    environment: variables,
    workingDirectory: "/var/task",
    listenPorts: [runtimeApiPort, awsEndpointPort],
    memoryBytes: target.memorySizeMb * mebibyte,
    maxProcesses: engineLimits.maxProcesses,
    maxOpenFiles: engineLimits.maxOpenFiles,
  };
}

/** Starts the process. @throws SandboxError */
export async function startRuntimeProcess(factory: SandboxFactory, spec: RuntimeProcessSpec): Promise<RuntimeProcess> {
  const folder = join(spec.folder, spec.id);
  const root = join(folder, "root");
  const emptyFolder = join(folder, "opt");
  await mkdir(root, { recursive: true });
  await mkdir(emptyFolder);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const startedAt = performance.now();
  let sandbox: Sandbox;
  try {
    sandbox = await factory.start(sandboxSpec(spec, root, emptyFolder));
  } catch (error) {
    await remove();
    throw error;
  }
  const session = serveRuntimeApi(sandbox.listeners.get(runtimeApiPort)!);
  sandbox.listeners.get(awsEndpointPort)!.on("connection", (socket) => {
    socket.on("error", () => socket.destroy());
    spec.hooks.awsConnection(spec.target, socket);
  });
  spec.log.attach(sandbox.stdout);
  spec.log.attach(sandbox.stderr);
  const cleanUp = async (): Promise<void> => {
    const exit = await sandbox.exited;
    await spec.log.ended();
    session.ended(exit);
    await remove();
  };
  const over = cleanUp();
  return {
    pid: sandbox.pid,
    session,
    startedAt,
    exited: sandbox.exited,
    async peakMemoryMb() {
      const bytes = await sandbox.peakMemoryBytes();
      return bytes === undefined ? undefined : Math.ceil(bytes / mebibyte);
    },
    async end() {
      await sandbox.kill();
      await over;
    },
  };
}
