import type { Readable } from "node:stream";

/** Keeps what a process prints until somebody reads it. Node throws away what nobody reads when the process has ended, which may be before its starter is told of its start. */
export function holdOutput(stream: Readable): void {
  const hold = (): void => {};
  stream.on("readable", hold);
  const release = (event: string | symbol): void => {
    if (event !== "data" && event !== "readable") return;
    stream.off("newListener", release);
    stream.off("readable", hold);
  };
  stream.on("newListener", release);
}
