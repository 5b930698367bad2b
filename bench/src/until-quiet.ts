import { setTimeout as sleep } from "node:timers/promises";
import { descendantsOf } from "@mayfly/testkit";
import { cpuMs } from "./processes.ts";

const intervalMs = 100;
const quietLooks = 2;
/** What may be used between two looks: the clock of /proc has ticks of 10 ms. */
const idleMs = 10;
const timeoutMs = 20_000;

/**
 * Waits until a server and its processes have nothing left to do: none came, none ended, and together they took no CPU time for a while. Whatever it makes
 * ready in the background, as booted sandboxes for the next cold start, is ready then.
 */
export async function untilQuiet(pid: number): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  let before = "";
  let usedMs = 0;
  for (let quiet = 0; quiet < quietLooks;) {
    if (performance.now() > endsAt) throw new Error(`The server was still busy after ${timeoutMs} ms without a request.`);
    await sleep(intervalMs);
    const pids = [pid, ...descendantsOf(pid)].toSorted((a, b) => a - b);
    const [now, nowMs] = [pids.join(), cpuMs(pids)];
    quiet = now === before && nowMs - usedMs <= idleMs ? quiet + 1 : 0;
    [before, usedMs] = [now, nowMs];
  }
}
