import { performance } from "node:perf_hooks";

/** Tells whether the thread that serves everybody has time left. Looks only when it is asked. */
export interface MainThread {
  /** Whether nearly all of its time went of late. */
  isBusy(): boolean;
}

/** @param options.busyPart of its time, from which on it is busy; options.lookMs: over how long it is measured, at least */
export function createMainThread({ busyPart, lookMs }: { readonly busyPart: number; readonly lookMs: number }): MainThread {
  let last = { atMs: performance.now(), utilization: performance.eventLoopUtilization() };
  let isBusy = false;
  return {
    isBusy() {
      const atMs = performance.now();
      if (atMs - last.atMs < lookMs) return isBusy;
      const utilization = performance.eventLoopUtilization();
      isBusy = performance.eventLoopUtilization(utilization, last.utilization).utilization >= busyPart;
      last = { atMs, utilization };
      return isBusy;
    },
  };
}
