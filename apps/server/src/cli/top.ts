import { setTimeout } from "node:timers/promises";
import { dataFolderOf } from "../config/options.ts";
import { callMayfly, serverUrl } from "./call-mayfly.ts";
import { topView, type Sample } from "./top-view.ts";

const intervalMs = 1_000;
const alternateScreen = "\x1b[?1049h\x1b[?25l";
const normalScreen = "\x1b[?25h\x1b[?1049l";
const home = "\x1b[H";
const clearLine = "\x1b[K";
const clearBelow = "\x1b[J";

const sizeOf = ({ rows = 24, columns = 80 }: { rows?: number; columns?: number }) => ({ rows, columns });

/** Waits for a while; sooner if a key says that it is enough. */
async function untilNext(stop: AbortSignal): Promise<void> {
  await setTimeout(intervalMs, undefined, { signal: stop }).catch(() => {});
}

function stopOnKey(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  const { stdin } = process;
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on("data", (key: Buffer) => {
      if (["q", "Q", "\x1b", "\x03", "\x04"].includes(key.toString())) stop.abort();
    });
  }
  return stop.signal;
}

/** `mayfly top`: the running server's environments, events and memory, drawn anew every second; once, where the output is no terminal. Answers the exit code. */
export async function runTop({ data, region }: { data?: string; region?: string }): Promise<number> {
  const folder = dataFolderOf(data);
  const take = async (): Promise<Sample> => ({ status: await callMayfly(folder, "GetEngineStatus", {}, region), atMs: Date.now() });
  const { stdout } = process;
  try {
    const url = serverUrl(folder);
    let sample = await take();
    if (!stdout.isTTY) {
      console.log(topView(sample, undefined, url, { rows: Number.POSITIVE_INFINITY, columns: Number.POSITIVE_INFINITY }));
      return 0;
    }
    const stop = stopOnKey();
    stdout.write(alternateScreen);
    try {
      for (let previous: Sample | undefined; !stop.aborted;) {
        const { rows, columns } = sizeOf(stdout);
        const view = topView(sample, previous, url, { rows: rows - 1, columns });
        stdout.write(`${home}${view.replaceAll("\n", `${clearLine}\n`)}${clearLine}\n${clearBelow}q ends`);
        await untilNext(stop);
        previous = sample;
        if (!stop.aborted) sample = await take();
      }
    } finally {
      stdout.write(normalScreen);
      if (process.stdin.isTTY) process.stdin.setRawMode(false).pause();
    }
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
