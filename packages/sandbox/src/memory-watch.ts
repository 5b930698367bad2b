import { readFile, readdir } from "node:fs/promises";

/** How often memory is measured where no control group does it. Milliseconds. */
const intervalMs = 50;
const pageBytes = 4096;

/** Measures a process tree's memory where the kernel can't bound it, and kills it at its limit. */
export interface MemoryWatch {
  /** Measures once more, so that what ended between two looks counts as far as it still can. */
  readonly peakBytes: () => Promise<number>;
  readonly exceeded: () => boolean;
  readonly limit: (bytes: number) => void;
  stop(): void;
}

/** Watches everything below the launcher `pid`; `kill` is called once when it holds more than its limit. */
export function watchMemory(pid: number, firstLimitBytes: number, kill: () => void): MemoryWatch {
  let limitBytes = firstLimitBytes;
  let peak = 0;
  let exceeded = false;
  let stopped = false;
  const measure = async (): Promise<number> => {
    const bytes = await bytesBelow(pid);
    peak = Math.max(peak, bytes);
    if (!stopped && !exceeded && bytes > limitBytes) {
      exceeded = true;
      kill();
    }
    return peak;
  };
  // One look at a time, and one file at a time: a function with a thousand threads must not take up the threads by which the server reads files.
  let looking: Promise<number> | undefined;
  const look = (): Promise<number> => (looking ??= measure().finally(() => (looking = undefined)));
  const timer = setInterval(() => void look(), intervalMs);
  timer.unref();
  return {
    peakBytes: look,
    exceeded: () => exceeded,
    limit: (bytes) => void (limitBytes = bytes),
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** Resident memory of all processes below one, not its own. Those that end meanwhile count nothing. */
async function bytesBelow(pid: number): Promise<number> {
  let sum = 0;
  for (const thread of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const children = (await read(`/proc/${pid}/task/${thread}/children`)).split(" ").filter(Boolean).map(Number);
    for (const child of children) sum += (await ownBytes(child)) + (await bytesBelow(child));
  }
  return sum;
}

const ownBytes = async (pid: number): Promise<number> => Number((await read(`/proc/${pid}/statm`)).split(" ")[1] ?? 0) * pageBytes;
const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
