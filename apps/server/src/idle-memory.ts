import v8 from "node:v8";
import { collect } from "./collect.ts";

/** What is looked at, and when. */
export interface IdleMemoryRules {
  readonly intervalMs: number;
  /** A thread that used less of an interval than this was idle. */
  readonly idleUtilization: number;
  /** It is worth it from so much on that the heap holds and does not use, beyond what the collection before could not give back. */
  readonly spareBytes: number;
  /** Of a larger heap a collection would be felt by whoever comes just then. */
  readonly mostUsedBytes: number;
}

/** How it is looked at; tests say what is seen. */
export interface IdleMemoryProbe {
  /** How much of the time since it was asked last the thread was busy, 0 to 1. */
  readonly utilization: () => number;
  readonly heap: () => { readonly totalBytes: number; readonly usedBytes: number };
  readonly collect: () => void;
}

const mebibyte = 1024 * 1024;

/** Half of what is spare after a start; a collection takes some 50 ms then. */
const idleMemoryRules: IdleMemoryRules = {
  intervalMs: 5_000,
  idleUtilization: 0.02,
  spareBytes: 16 * mebibyte,
  mostUsedBytes: 96 * mebibyte,
};

/**
 * Gives memory back while nothing is going on. V8 lets the young generation grow with what is allocated, at a start to 30 MB and more, and in Node nothing
 * ever makes it smaller: a full collection leaves it, only one of the last resort does not.
 * @returns how to stop
 */
export function giveMemoryBackWhenIdle(rules: IdleMemoryRules = idleMemoryRules, probe: IdleMemoryProbe = thisThread()): () => void {
  let unmovableBytes = 0;
  const look = (): void => {
    const isIdle = probe.utilization() < rules.idleUtilization;
    const { totalBytes, usedBytes } = probe.heap();
    if (!isIdle || usedBytes > rules.mostUsedBytes || totalBytes - usedBytes - unmovableBytes < rules.spareBytes) return;
    probe.collect();
    const left = probe.heap();
    unmovableBytes = left.totalBytes - left.usedBytes;
  };
  const timer = setInterval(look, rules.intervalMs).unref();
  return () => clearInterval(timer);
}

/** The thread that calls. */
export function thisThread(): IdleMemoryProbe {
  let last = performance.eventLoopUtilization();
  return {
    utilization() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
    heap() {
      const { total_heap_size: totalBytes, used_heap_size: usedBytes } = v8.getHeapStatistics();
      return { totalBytes, usedBytes };
    },
    collect: () => collect({ type: "major", execution: "sync", flavor: "last-resort" }),
  };
}
