import { readFile } from "node:fs/promises";

/** How often memory is measured where no control group does it. Milliseconds. */
const intervalMs = 50;
const pageBytes = 4096;

/** Measures a process tree's memory where the kernel can't bound it, and kills it at its limit. */
export interface MemoryWatch {
  readonly peakBytes: () => number;
  readonly exceeded: () => boolean;
  stop(): void;
}

/** Watches the tree below `pid`; `kill` is called once when it holds more than `limitBytes`. */
export function watchMemory(pid: number, limitBytes: number, kill: () => void): MemoryWatch {
  let peak = 0;
  let exceeded = false;
  let stopped = false;
  const timer = setInterval(() => {
    void treeBytes(pid).then((bytes) => {
      if (stopped) return;
      peak = Math.max(peak, bytes);
      if (bytes <= limitBytes || exceeded) return;
      exceeded = true;
      kill();
    });
  }, intervalMs);
  timer.unref();
  return {
    peakBytes: () => peak,
    exceeded: () => exceeded,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** Resident memory of a process and all below it. Processes that end meanwhile count nothing. */
async function treeBytes(pid: number): Promise<number> {
  const [statm, children] = await Promise.all([read(`/proc/${pid}/statm`), read(`/proc/${pid}/task/${pid}/children`)]);
  const own = Number(statm.split(" ")[1] ?? 0) * pageBytes;
  const below = await Promise.all(
    children
      .split(" ")
      .filter(Boolean)
      .map((child) => treeBytes(Number(child))),
  );
  return below.reduce((sum, bytes) => sum + bytes, own);
}

const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
