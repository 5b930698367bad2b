import type { Server } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { attempt } from "./cgroups/files.ts";
import type { Cgroup, CgroupLimits, Cgroups } from "./cgroups/types.ts";
import { describe, describeStart } from "./description.ts";
import type { ForkServer, Launcher } from "./fork-server.ts";
import { createAttacher } from "./attacher.ts";
import { watchMemory, type MemoryWatch } from "./memory-watch.ts";
import { watchProgramEnds, type ProgramEnds } from "./program-ends.ts";
import { holdConnections } from "./hold-connections.ts";
import type { NetworkLink } from "./network/way-out.ts";
import { SandboxError } from "./sandbox-error.ts";
import type { ProcessEnd } from "./signals.ts";
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
  readonly forkServer: ForkServer;
}

/** Has a launcher forked; resolves when every listener has arrived. @throws SandboxError */
export async function startSandbox(
  spec: SandboxSpec,
  { uid, cgroups, link, bubblewrap, forkServer }: SandboxSurroundings,
): Promise<Sandbox> {
  const cgroup = cgroups?.create(spec.id, limitsOf(spec));
  let launcher: Launcher | undefined;
  try {
    const description = describe(spec, {
      uid,
      cgroupFiles: cgroup?.processFiles ?? [],
      ...(link === undefined ? {} : { link }),
      ...(bubblewrap === undefined ? {} : { bubblewrap }),
    });
    const { pid, orders, signal } = (launcher = await forkServer.launch());
    let memory: MemoryBound | undefined;
    const attach = createAttacher(launcher);
    const ends = watchProgramEnds(launcher, spec.beside?.programs.length ?? 0, () => memory !== undefined && ranOutOfMemory(memory));
    const received = receiveListeners(launcher, spec.listenPorts);
    orders.write(description);
    if (!takesOrders(spec)) orders.end();
    const listeners = await received;
    memory = cgroup ? { cgroup } : { watch: watchMemory(pid, spec.memoryBytes, () => signal("SIGUSR1")) };
    return sandboxOf({ id: spec.id, launcher, listeners, memory, attach, ends });
  } catch (error) {
    if (launcher !== undefined) await discard(launcher);
    await cgroup?.remove();
    throw error;
  }
}

async function discard({ signal, ended, stdout, stderr }: Launcher): Promise<void> {
  signal("SIGKILL");
  await ended;
  stdout.destroy();
  stderr.destroy();
}

const limitsOf = ({ memoryBytes, maxProcesses, cpus = Infinity }: SandboxSpec): CgroupLimits => ({ memoryBytes, maxProcesses, cpus });
const takesOrders = ({ attachable = [], beside }: SandboxSpec): boolean => attachable.length > 0 || beside !== undefined;
const ranOutOfMemory = (memory: MemoryBound): boolean => ("watch" in memory ? memory.watch.exceeded() : memory.cgroup.ranOutOfMemory());

/** What the launcher says: a listening socket, which comes with it, or that the sandbox is made, which comes after these. */
type LauncherMessage = { readonly port: number } | { readonly made: true };

/** Waits for one listening server a port and for word that the sandbox is made. @throws SandboxError */
async function receiveListeners({ onMessage, ended, stderr }: Launcher, ports: readonly number[]): Promise<Map<number, Server>> {
  const listeners = new Map<number, Server>();
  const isMade = await new Promise<boolean>((resolve) => {
    onMessage((message, server) => {
      const said = message as LauncherMessage;
      if ("port" in said && server !== undefined) {
        holdConnections(server);
        listeners.set(said.port, server);
      }
      if ("made" in said) resolve(true);
    });
    // The program of one that was made may have ended already: that is heard afterwards.
    void ended.then(() => resolve(false));
  });
  if (isMade && listeners.size === ports.length) return listeners;
  for (const server of listeners.values()) server.close();
  throw new SandboxError(isMade ? "The sandbox could not be made: too many files are open" : whyItEnded(await ended, await text(stderr)));
}

function whyItEnded({ code, signal }: ProcessEnd, stderr: string): string {
  const said = stderr.trim();
  return /^(mayfly-launcher|bwrap): /.test(said)
    ? `The sandbox could not be made: ${said.replace("mayfly-launcher: ", "")}`
    : `The sandbox ended at once (${signal ?? code}). ${said}`;
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
  readonly launcher: Launcher;
  readonly listeners: ReadonlyMap<number, Server>;
  readonly memory: MemoryBound;
  readonly attach: (mounts: readonly SandboxMount[]) => Promise<void>;
  readonly ends: ProgramEnds;
}

function sandboxOf({ id, launcher, listeners, memory, attach, ends }: SandboxParts): Sandbox {
  const { pid, orders, stdout, stderr, ended, signal } = launcher;
  let peak: number | undefined;
  const exited = ended.then(async (end): Promise<SandboxExit> => {
    for (const server of listeners.values()) server.close();
    if ("watch" in memory) {
      memory.watch.stop();
      return { ...end, outOfMemory: memory.watch.exceeded() };
    }
    const outOfMemory = memory.cgroup.ranOutOfMemory();
    peak = memory.cgroup.peakMemoryBytes();
    await memory.cgroup.remove();
    return { ...end, outOfMemory };
  });
  void exited.then((exit) => ends.over(exit));
  return {
    id,
    pid,
    stdout,
    stderr,
    listeners,
    exited,
    commandExited: ends.command,
    besideExited: ends.beside,
    startCommand: () => void (orders.writable && orders.write(describeStart())),
    attach,
    limit: (limits) => changeLimits(memory, limits),
    async peakMemoryBytes() {
      if ("watch" in memory) return (await memory.watch.peakBytes()) || undefined;
      // Once the group is gone the last figure stands.
      return peak ?? memory.cgroup.peakMemoryBytes();
    },
    processes: () => ("cgroup" in memory ? memory.cgroup.processes().filter((one) => one !== pid) : undefined),
    async kill() {
      signal("SIGUSR1");
      if ("cgroup" in memory) await killFromOutside(memory.cgroup, pid, exited);
      await exited;
    },
    signal,
    killCommand: () => signal("SIGALRM"),
  };
}
