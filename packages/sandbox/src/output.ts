import type { ChildProcess } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { PassThrough, type Readable } from "node:stream";
import { holdOutput } from "./hold-output.ts";

/** What a sandbox prints. */
export interface SandboxOutput {
  /** The program's, once the sandbox is made. */
  readonly stdout: Readable;
  /** The launcher's words, then the program's. */
  readonly stderr: Readable;
  /** Resolves when all that a launcher which failed said has been read. */
  read(): Promise<void>;
  /** Nobody will read any of it. */
  discard(): void;
}

/** Node gives its children sockets, which can't be opened by name (`/dev/stderr`); the launcher puts pipes in their place, whose other ends are opened here. */
export function receiveOutput(child: ChildProcess): SandboxOutput {
  const stderr = new PassThrough();
  let sources = { stdout: child.stdout as Readable, stderr: child.stderr as Readable };
  holdOutput(sources.stdout);
  child.stderr?.pipe(stderr, { end: false });
  child.stderr?.once("close", () => {
    if (sources.stderr === child.stderr) stderr.end();
  });
  child.on("message", (message: { readonly pipes?: readonly [number, number] }) => {
    if (message.pipes === undefined) return;
    const opened = openPipes(child.pid ?? 0, message.pipes);
    if (opened !== undefined) {
      sources = opened;
      opened.stderr.pipe(stderr);
    }
    child.send(opened !== undefined, () => {});
  });
  return {
    get stdout() {
      return sources.stdout;
    },
    stderr,
    discard: () => void (sources.stdout.destroy(), sources.stderr.destroy()),
    read: () => Promise.all([closed(child.stderr), closed(sources.stderr)]).then(() => {}),
  };
}

/** The launcher holds them open until it is answered. Undefined if this /proc does not let us. */
function openPipes(
  pid: number,
  [output, error]: readonly [number, number],
): { readonly stdout: Socket; readonly stderr: Socket } | undefined {
  const opened: number[] = [];
  try {
    for (const descriptor of [output, error])
      opened.push(openSync(`/proc/${pid}/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK));
    const [stdout, stderr] = opened.map((fd) => new Socket({ fd, readable: true, writable: false }));
    return { stdout: stdout!, stderr: stderr! };
  } catch {
    opened.forEach((fd) => closeSync(fd));
    return undefined;
  }
}

/** The exit may be told before the last words have been read. */
function closed(stream: Readable | null): Promise<void> {
  return new Promise((resolve) => {
    if (stream === null || stream.closed) resolve();
    else stream.once("close", resolve);
  });
}
