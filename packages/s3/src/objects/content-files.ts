import { Readable } from "node:stream";
import type { FileHandle } from "node:fs/promises";
import type { NewFile, Segment } from "@mayfly/db";
import type { S3Given } from "../resources.ts";

/** Objects' files, as they are written, read and removed. */
export interface ContentFiles {
  create(): Promise<NewFile>;
  /**
   * Bytes `from` to `to`, the latter exclusive. What is being read stays, whoever frees it.
   * @returns undefined if a file is gone
   */
  read(segments: readonly Segment[], from: number, to: number): Promise<Readable | undefined>;
  /** Removes files that nothing speaks of any more. */
  free(names: readonly string[]): void;
  /** Resolves when all that was freed is removed. */
  settled(): Promise<void>;
}

const readBytes = 262_144;

export function createContentFiles({ db: { objectFiles }, problem }: Pick<S3Given, "db" | "problem">): ContentFiles {
  const readers = new Map<string, number>();
  const freedWhileRead = new Set<string>();
  let removing: Promise<void> = Promise.resolve();

  const remove = (names: readonly string[]): void => {
    if (names.length === 0) return;
    removing = removing
      .then(() => objectFiles.remove(names))
      .catch((error: unknown) => problem(`A file of an object could not be removed: ${String(error)}`));
  };
  const pin = (names: readonly string[]): void => {
    for (const name of names) readers.set(name, (readers.get(name) ?? 0) + 1);
  };
  const unpin = (names: readonly string[]): void => {
    for (const name of names) {
      const left = (readers.get(name) ?? 1) - 1;
      if (left > 0) {
        readers.set(name, left);
        continue;
      }
      readers.delete(name);
      if (freedWhileRead.delete(name)) remove([name]);
    }
  };
  return {
    create: () => objectFiles.create(),
    async read(segments, from, to) {
      const slices = slicesOf(segments, from, to);
      const names = slices.map(({ file }) => file);
      pin(names);
      const first = slices[0] && (await objectFiles.open(slices[0].file).catch(() => undefined));
      if (slices.length > 0 && first === undefined) {
        unpin(names);
        return undefined;
      }
      const content = Readable.from(bytesOf(slices, first, objectFiles.open), { objectMode: false, highWaterMark: readBytes });
      content.once("close", () => unpin(names));
      return content;
    },
    free(names) {
      const unread = names.filter((name) => !readers.has(name));
      for (const name of names) if (readers.has(name)) freedWhileRead.add(name);
      remove(unread);
    },
    settled: () => removing,
  };
}

function slicesOf(segments: readonly Segment[], from: number, to: number): Segment[] {
  const slices: Segment[] = [];
  let at = 0;
  for (const { file, offset, size } of segments) {
    const start = Math.max(from, at);
    const end = Math.min(to, at + size);
    if (start < end) slices.push({ file, offset: offset + start - at, size: end - start });
    at += size;
  }
  return slices;
}

async function* bytesOf(
  slices: readonly Segment[],
  first: FileHandle | undefined,
  open: (name: string) => Promise<FileHandle>,
): AsyncGenerator<Buffer> {
  let next = first;
  try {
    for (const { file, offset, size } of slices) {
      const handle = (next ??= await open(file));
      for (let at = 0; at < size;) {
        const buffer = Buffer.allocUnsafe(Math.min(readBytes, size - at));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset + at);
        if (bytesRead === 0) throw new Error("A file of an object is shorter than its row says.");
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      next = undefined;
      await handle.close();
    }
  } finally {
    await next?.close();
  }
}
