import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { periodUs, quotaUs, weightOf } from "./cpu.ts";
import { setLimits, type Limiters } from "./limiters.ts";
import { attempt, figure, isWritable, openCounter, write } from "./files.ts";
import { incarnation } from "../incarnation.ts";
import { killProcesses, processesOf, removeGroup, removeGroups, sweepDead } from "./sweep.ts";
import type { Cgroups } from "./types.ts";

/** Weight of one processor: that of any group which was given none. */
const weightPerCpu = 100;
const roundsOfMoving = 5;
const askingMs = 2_000;

/** A sandbox's group. */
interface Group {
  readonly folder: string;
  readonly boundsCpu: boolean;
}

const limiters: Limiters<Group> = {
  memoryBytes: ({ folder }, bytes) => write(folder, "memory.max", bytes),
  maxProcesses: ({ folder }, count) => write(folder, "pids.max", count),
  cpus({ folder, boundsCpu }, cpus) {
    if (!boundsCpu) return;
    write(folder, "cpu.max", `${quotaUs(cpus) ?? "max"} ${periodUs}`);
    write(folder, "cpu.weight", Math.max(1, Math.round(weightOf(cpus) * weightPerCpu)));
  },
};

/** Control groups of version 2, at the top where that can be written, else in the server's own group if it was delegated; undefined if neither can. */
export function openV2(mountPoint: string, name: string): Cgroups | undefined {
  for (const base of new Set([mountPoint, ownGroup(mountPoint, name)])) {
    const cgroups = attempt(() => openIn(base, mountPoint, name), undefined);
    if (cgroups !== undefined) return cgroups;
  }
  return undefined;
}

/** The group where this process is; where that is the one made for servers by {@link handDown}, the one above. */
function ownGroup(mountPoint: string, name: string): string {
  const line = /^0::(\/.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"));
  const own = join(mountPoint, line?.[1] ?? "/").replace(/\/$/, "");
  return basename(own) === serversOf(name) ? dirname(own) : own;
}

const serversOf = (name: string): string => `${name}-servers`;

function openIn(base: string, mountPoint: string, name: string): Cgroups | undefined {
  const has = new Set(readFileSync(join(base, "cgroup.controllers"), "utf8").trim().split(" "));
  if (!has.has("memory") || !has.has("pids")) return undefined;
  if (!["", "cgroup.procs", "cgroup.subtree_control"].every((file) => isWritable(join(base, file)))) return undefined;
  if (base !== mountPoint && isKeptBySystemd(base)) return undefined;
  const boundsCpu = has.has("cpu");
  const controllers = `+memory +pids${boundsCpu ? " +cpu" : ""}`;
  const parent = join(base, `${name}-${incarnation(process.pid)}`);
  handDown(base, controllers, name);
  mkdirSync(parent, { recursive: true });
  write(parent, "cgroup.subtree_control", controllers);
  return {
    version: 2,
    boundsCpu,
    create(id, limits) {
      const group = { folder: join(parent, id), boundsCpu };
      const { folder } = group;
      mkdirSync(folder);
      attempt(() => write(folder, "memory.swap.max", 0), undefined);
      setLimits(limiters, group, limits);
      const peak = openCounter(join(folder, "memory.peak"));
      return {
        processFiles: [join(folder, "cgroup.procs")],
        limit: (changed) => setLimits(limiters, group, changed),
        peakMemoryBytes: peak.read,
        ranOutOfMemory: () => figure(folder, "memory.events", "oom_kill") > 0,
        processes: () => processesOf(folder),
        killAllBut: (pid) => void killProcesses(folder, (one) => one !== pid),
        remove() {
          peak.close();
          return removeGroups([folder]);
        },
      };
    },
    limitTotal: (memoryBytes) =>
      attempt(() => {
        attempt(() => write(parent, "memory.swap.max", 0), undefined);
        write(parent, "memory.max", memoryBytes);
        return true;
      }, false),
    sweep: () => sweepDead(base, name),
    close: () => removeGroup(parent),
  };
}

/** A group that systemd made and did not delegate is its own to arrange, even where it can be written: https://systemd.io/CGROUP_DELEGATION/ */
function isKeptBySystemd(base: string): boolean {
  const whose = /\/user@\d+\.service\//.test(base) ? ["--user"] : [];
  const ask = ["show", "--property=Delegate", "--value", "--", basename(base)];
  const stdio = ["ignore", "pipe", "ignore"] as const;
  return (
    attempt(() => execFileSync("systemctl", [...whose, ...ask], { encoding: "utf8", timeout: askingMs, stdio: [...stdio] }), "").trim() ===
    "no"
  );
}

/** Lets groups in `base` use the controllers. Only the topmost may then hold processes too: what is in a delegated one moves into a group beside the sandboxes'. */
function handDown(base: string, controllers: string, name: string): void {
  const enable = (): boolean => attempt(() => (write(base, "cgroup.subtree_control", controllers), true), false);
  if (enable()) return;
  const servers = join(base, serversOf(name));
  mkdirSync(servers, { recursive: true });
  // What forks meanwhile is moved in the next round.
  for (let round = 0; round < roundsOfMoving; round++) {
    const pids = readFileSync(join(base, "cgroup.procs"), "utf8").split("\n").filter(Boolean);
    for (const pid of pids) attempt(() => write(servers, "cgroup.procs", pid), undefined);
    if (enable()) return;
  }
  removeGroup(servers);
  throw new Error(`${base} keeps processes, so that nothing below it can be bounded.`);
}
