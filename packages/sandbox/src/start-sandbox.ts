import { spawn, type ChildProcess } from "node:child_process";
import type { Server } from "node:net";
import { setTimeout } from "node:timers/promises";
import { attempt } from "./cgroups/files.ts";
import type { Cgroup, CgroupLimits, Cgroups } from "./cgroups/types.ts";
import { describe, describeStart } from "./description.ts";
import { launcherFailedCode, launcherPath } from "./launcher-path.ts";
import { createAttacher } from "./attacher.ts";
import { watchMemory, type MemoryWatch } from "./memory-watch.ts";
import { watchProgramEnds, type ProgramEnds } from "./program-ends.ts";
import { holdConnections } from "./hold-connections.ts";
import { receiveOutput, type SandboxOutput } from "./output.ts";
import type { NetworkLink } from "./network/way-out.ts";
import { SandboxError } from "./sandbox-error.ts";
import type { Sandbox, SandboxExit, SandboxLimits, SandboxMount, SandboxSpec } from "./types.ts";

/** Where a sandbox's memory is bounded and measured. */
type MemoryBound = { readonly cgroup: Cgroup } | { readonly watch: MemoryWatch };

/** What a sandbox is given that its spec does not say. */
export interface SandboxSurroundings {
  readonly uid: number;
  readonly cgroups: Cgroups | undefined;
  /** Without it the sandbox has loopback only. */
  readonly link: NetworkLink | undefined;
  /** Full path of bubblewrap, if that makes the sandbox. */
  readonly bubblewrap: string | undefined;
}

/** Starts the launcher; resolves when every listener has arrived. @throws SandboxError */
export async function startSandbox(spec: SandboxSpec, { uid, cgroups, link, bubblewrap }: SandboxSurroundings): Promise<Sandbox> {
  const cgroup = cgroups?.create(spec.id, limitsOf(spec));
  let child: ChildProcess;
  try {
    const description = describe(spec, {
      uid,
      pipes: true,
      cgroupFiles: cgroup?.processFiles ?? [],
      ...(link === undefined ? {} : { link }),
      ...(bubblewrap === undefined ? {} : { bubblewrap }),
    });
    child = spawn(launcherPath, [], {
      stdio: ["pipe", "pipe", "pipe", "ipc", ...(link?.descriptors ?? [])],
      env: bubblewrap === undefined ? { ...spec.environment } : {},
      cwd: "/",
    });
    child.stdin?.on("error", () => {});
    child.stdin?.write(description);
    // Orders follow on it.
    if (!takesOrders(spec)) child.stdin?.end();
  } catch (error) {
    await cgroup?.remove();
    throw error;
  }
  const output = receiveOutput(child);
  const ended = endOf(child);
  try {
    const attach = createAttacher(child, ended);
    let memory: MemoryBound | undefined;
    const ends = watchProgramEnds(child, spec.beside?.programs.length ?? 0, () => memory !== undefined && ranOutOfMemory(memory));
    const listeners = await receiveListeners(child, spec.listenPorts, ended, output);
    memory = cgroup ? { cgroup } : { watch: watchMemory(child.pid ?? 0, spec.memoryBytes, () => child.kill("SIGUSR1")) };
    return sandboxOf({ id: spec.id, child, output, listeners, ended, memory, attach, ends });
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    output.discard();
    await cgroup?.remove();
    throw error;
  }
}

const limitsOf = ({ memoryBytes, maxProcesses, cpus = Infinity }: SandboxSpec): CgroupLimits => ({ memoryBytes, maxProcesses, cpus });
const takesOrders = ({ attachable = [], beside }: SandboxSpec): boolean => attachable.length > 0 || beside !== undefined;
const ranOutOfMemory = (memory: MemoryBound): boolean => ("watch" in memory ? memory.watch.exceeded() : memory.cgroup.ranOutOfMemory());

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: launcherFailedCode, signal: null }));
  });
}

/** What the launcher says over the channel: a listening socket, or that the sandbox is made. */
type LauncherMessage = { readonly port: number } | { readonly made: true };

/** Waits for one listening server a port and for word that the sandbox is made. @throws SandboxError */
function receiveListeners(
  child: ChildProcess,
  ports: readonly number[],
  ended: Promise<End>,
  output: SandboxOutput,
): Promise<Map<number, Server>> {
  const listeners = new Map<number, Server>();
  return new Promise((resolve, reject) => {
    let isMade = false;
    const settleIfComplete = (): void => {
      if (isMade && listeners.size === ports.length) resolve(listeners);
    };
    child.on("message", (message: LauncherMessage, server) => {
      if ("made" in message) isMade = true;
      if ("port" in message) {
        holdConnections(server as Server);
        listeners.set(message.port, server as Server);
      }
      settleIfComplete();
    });
    const fail = ([{ code, signal }]: readonly [End, void]): void => {
      for (const server of listeners.values()) server.close();
      const said = String(output.stderr.read() ?? "").trim();
      reject(
        new SandboxError(
          /^(mayfly-launcher|bwrap): /.test(said)
            ? `The sandbox could not be made: ${said.replace("mayfly-launcher: ", "")}`
            : `The sandbox ended at once (${signal ?? code}). ${said}`,
        ),
      );
    };
    // Comes after every message, whether the launcher is done or failed, and even if the program has ended already.
    child.once("disconnect", () => {
      if (!isMade || listeners.size < ports.length) void Promise.all([ended, output.read()]).then(fail);
    });
  });
}

/** @throws SandboxError */
function changeLimits(memory: MemoryBound, limits: SandboxLimits): void {
  if ("watch" in memory) {
    if (limits.memoryBytes !== undefined) memory.watch.limit(limits.memoryBytes);
    return;
  }
  try {
    memory.cgroup.limit(limits);
  } catch (error) {
    throw new SandboxError(`The sandbox's limits could not be set to ${JSON.stringify(limits)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The launcher kills what is inside, once it has its turn among a thousand processes that may be spinning; this does not wait for that. */
async function killFromOutside(cgroup: Cgroup, launcherPid: number, exited: Promise<unknown>): Promise<void> {
  // Who has used up its processor time for seconds to come would not even have any to end in.
  attempt(() => cgroup.limit({ cpus: Infinity }), undefined);
  const state = { isOver: false };
  void exited.then(() => (state.isOver = true));
  while (!state.isOver) {
    cgroup.killAllBut(launcherPid);
    // What forked meanwhile is killed in the next round.
    await Promise.race([exited, setTimeout(killAgainMs, undefined, { ref: false })]);
  }
}

const killAgainMs = 10;

interface SandboxParts {
  readonly id: string;
  readonly child: ChildProcess;
  readonly output: SandboxOutput;
  readonly listeners: ReadonlyMap<number, Server>;
  readonly ended: Promise<End>;
  readonly memory: MemoryBound;
  readonly attach: (mounts: readonly SandboxMount[]) => Promise<void>;
  readonly ends: ProgramEnds;
}

function sandboxOf({ id, child, output, listeners, ended, memory, attach, ends }: SandboxParts): Sandbox {
  let peak: number | undefined;
  const exited = ended.then(async ({ code, signal }): Promise<SandboxExit> => {
    for (const server of listeners.values()) server.close();
    if ("watch" in memory) {
      memory.watch.stop();
      return { code, signal, outOfMemory: memory.watch.exceeded() };
    }
    const outOfMemory = memory.cgroup.ranOutOfMemory();
    peak = memory.cgroup.peakMemoryBytes();
    await memory.cgroup.remove();
    return { code, signal, outOfMemory };
  });
  void exited.then((exit) => ends.over(exit));
  return {
    id,
    pid: child.pid ?? 0,
    stdout: output.stdout,
    stderr: output.stderr,
    listeners,
    exited,
    commandExited: ends.command,
    besideExited: ends.beside,
    startCommand: () => void (child.stdin?.writable === true && child.stdin.write(describeStart())),
    attach,
    limit: (limits) => changeLimits(memory, limits),
    async peakMemoryBytes() {
      if ("watch" in memory) return (await memory.watch.peakBytes()) || undefined;
      // Once the group is gone the last figure stands.
      return peak ?? memory.cgroup.peakMemoryBytes();
    },
    processes: () => ("cgroup" in memory ? memory.cgroup.processes().filter((pid) => pid !== child.pid) : undefined),
    async kill() {
      child.kill("SIGUSR1");
      if ("cgroup" in memory) await killFromOutside(memory.cgroup, child.pid ?? 0, exited);
      await exited;
    },
    signal: (signal) => void child.kill(signal),
    killCommand: () => void child.kill("SIGALRM"),
  };
}
