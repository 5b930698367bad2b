import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { engineLimits } from "../limits.ts";

/** What had been used when somebody looked. */
interface Look {
  readonly atMs: number;
  readonly machine: MachineTime;
  readonly mainThread: ReturnType<typeof performance.eventLoopUtilization>;
}

/** Ticks of all cores together since the machine's start. */
interface MachineTime {
  readonly idle: number;
  readonly all: number;
}

/** Tells whether the machine has processor time to spare. Looks only when it is asked. */
export class ProcessorTime {
  #last = look();
  #isScarce = false;

  /** Whether nearly all of it was used of late, by whomever. What is used by the server's main thread alone counts as well: no environment is served without it. */
  isScarce(): boolean {
    const { sparePart, sparePartMs } = engineLimits;
    const sinceMs = performance.now() - this.#last.atMs;
    if (sinceMs < sparePartMs) return this.#isScarce;
    const now = look();
    const all = now.machine.all - this.#last.machine.all;
    const idlePart = all > 0 ? (now.machine.idle - this.#last.machine.idle) / all : 1;
    const mainThreadPart = 1 - performance.eventLoopUtilization(now.mainThread, this.#last.mainThread).utilization;
    this.#isScarce = Math.min(idlePart, mainThreadPart) < sparePart;
    this.#last = now;
    return this.#isScarce;
  }
}

function look(): Look {
  return { atMs: performance.now(), machine: machineTime(), mainThread: performance.eventLoopUtilization() };
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal. https://docs.kernel.org/filesystems/proc.html */
function machineTime(): MachineTime {
  const ticks = readFileSync("/proc/stat", "latin1").split("\n", 1)[0]!.trim().split(/ +/).slice(1, 9).map(Number);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { idle: idle + waiting, all: ticks.reduce((sum, one) => sum + one, 0) };
}
