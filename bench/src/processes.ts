import { readlinkSync } from "node:fs";
import { readProcFile } from "@mayfly/testkit";

const kibibytesInMebibyte = 1024;

/** What /proc counts CPU time in: USER_HZ, 100 on every architecture. */
const msPerTick = 10;

/** Memory of processes in MiB, pages that several processes share counted in parts (PSS); undefined where the kernel does not tell. */
export function memoryMb(pids: readonly number[]): number | undefined {
  const kibibytes = pids.map((pid) => /^Pss:\s+(\d+) kB/m.exec(readProcFile(`/proc/${pid}/smaps_rollup`))?.[1]);
  if (kibibytes.every((one) => one === undefined)) return undefined;
  return kibibytes.reduce((sum, one) => sum + Number(one ?? 0), 0) / kibibytesInMebibyte;
}

/** A process's pid namespace, or that of its children, as it names it itself: `pid:[4026531836]`. */
export function pidNamespaceOf(pid: number, which: "pid" | "pid_for_children" = "pid"): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${which}`);
  } catch {
    return undefined;
  }
}

/** CPU time that processes have had, taken together. Milliseconds. */
export const cpuMs = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + statMs(readProcFile(`/proc/${pid}/stat`)), 0);

/** CPU time in a stat file of a process or a thread. Milliseconds. */
export function statMs(text: string): number {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.length > 12 ? (Number(fields[11]) + Number(fields[12])) * msPerTick : 0;
}
