import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { Sandbox, SandboxFactory, SandboxMount, SandboxSpec } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import { extensionPath } from "./extension-programs.ts";
import { serveRuntimeApi, type RuntimeSession } from "../runtime-api/runtime-session.ts";
import type { Zygote } from "../scheduling/zygotes.ts";
import { awsEndpointPort, runtimeApiPort, runtimeOnlyVariables } from "./environment-variables.ts";

/** What a process is booted with. */
export interface BootSpec {
  /** Unique while the server lives. */
  readonly id: string;
  readonly runtime: ResolvedRuntime;
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Names of external extensions, started before the command. */
  readonly extensions?: readonly string[];
  readonly memoryBytes: number;
  /** Code, layers and /tmp. */
  readonly mounts: readonly SandboxMount[];
  /** Where they come later, for a process that waits for its function. */
  readonly attachable?: readonly string[];
  /** Where the process's own folder is made. */
  readonly folder: string;
  /** What the process is to be a copy of. */
  readonly zygote?: Zygote | undefined;
}

/** A runtime's process in its sandbox, whether it has its function's code already or waits for it. */
export interface BootedProcess {
  readonly sandbox: Sandbox;
  readonly session: RuntimeSession;
  /** When it was asked for, by the monotonic clock. */
  readonly startedAt: number;
  readonly isCopy: boolean;
  /** Removes its folder; the sandbox must have ended. */
  remove(): Promise<void>;
}

/** What the host shows of a runtime. */
export const systemMounts = ({ mounts }: ResolvedRuntime): readonly SandboxMount[] =>
  mounts.map(({ source, target }) => ({ kind: "bind", source, target, readOnly: true }));

function besideOf({ extensions = [] }: BootSpec): Pick<SandboxSpec, "beside"> {
  return extensions.length === 0 ? {} : { beside: { programs: extensions.map(extensionPath), hiddenVariables: runtimeOnlyVariables } };
}

function sandboxSpec(spec: BootSpec, root: string): SandboxSpec {
  return {
    id: spec.id,
    folder: root,
    mounts: [...systemMounts(spec.runtime), ...spec.mounts],
    ...(spec.zygote === undefined ? {} : { copyOf: spec.zygote.socket }),
    ...(spec.attachable === undefined ? {} : { attachable: spec.attachable }),
    command: spec.command,
    ...besideOf(spec),
    environment: spec.variables,
    workingDirectory: "/var/task",
    listenPorts: [runtimeApiPort, awsEndpointPort],
    memoryBytes: spec.memoryBytes,
    maxProcesses: engineLimits.maxProcesses,
    maxOpenFiles: engineLimits.maxOpenFiles,
  };
}

/** Starts a process; resolves when it runs, which is before its runtime has said anything. @throws SandboxError */
export async function bootProcess(factory: SandboxFactory, spec: BootSpec): Promise<BootedProcess> {
  const startedAt = performance.now();
  try {
    return await boot(factory, spec, startedAt);
  } catch (error) {
    if (spec.zygote === undefined) throw error;
    // It may have ended just now.
    return boot(factory, { ...spec, zygote: undefined }, startedAt);
  }
}

async function boot(factory: SandboxFactory, spec: BootSpec, startedAt: number): Promise<BootedProcess> {
  const root = join(spec.folder, spec.id);
  await mkdir(root, { recursive: true });
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true });
  try {
    const sandbox = await factory.start(sandboxSpec(spec, root));
    spec.zygote?.hold(sandbox.exited);
    return {
      sandbox,
      session: serveRuntimeApi(sandbox.listeners.get(runtimeApiPort)!, {
        waits: spec.attachable !== undefined,
        ...(spec.extensions === undefined ? {} : { external: spec.extensions }),
      }),
      startedAt,
      isCopy: spec.zygote !== undefined,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
