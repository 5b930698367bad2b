import { accessSync, closeSync, constants, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** For files of the kernel's that may vanish or refuse at any moment: what then counts is `otherwise`. */
export function attempt<T, U>(action: () => T, otherwise: U): T | U {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

export const isWritable = (path: string): boolean => attempt(() => (accessSync(path, constants.W_OK), true), false);

/** Writes a setting of a group. @throws Error if the kernel refuses */
export function write(folder: string, file: string, value: string | number): void {
  writeFileSync(join(folder, file), String(value));
}

/** A figure in a file of `name value` lines; 0 if it isn't there. */
export function figure(folder: string, file: string, name: string): number {
  const text = attempt(() => readFileSync(join(folder, file), "utf8"), "");
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
}

/** A kernel's counter that is read after every invocation: kept open, and read in place, that costs microseconds. */
export function openCounter(file: string): { read(): number | undefined; close(): void } {
  const descriptor = attempt(() => openSync(file, "r"), undefined);
  if (descriptor === undefined) return { read: () => undefined, close: () => {} };
  const buffer = Buffer.alloc(32);
  return {
    read: () => attempt(() => Number(buffer.toString("latin1", 0, readSync(descriptor, buffer, 0, buffer.length, 0))), undefined),
    close: () => closeSync(descriptor),
  };
}
