import { mkdir, open, readdir, rm, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { syncFolder } from "./blob-store.ts";
import { createFileWriter, type FileWriter, type SyncAhead } from "./file-writer.ts";

/** A file that is being written. */
export interface NewFile {
  readonly name: string;
  /** Resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>;
  /** Its bytes and its name are on disk when it resolves. */
  finish(): Promise<void>;
  /** It is not wanted. */
  abandon(): Promise<void>;
}

/** Bytes of objects that are too large for a row. A file is written once, under a name that nothing else gets, and belongs to nothing until a row speaks of it. */
export interface ObjectFiles {
  create(): Promise<NewFile>;
  /** Opens a file for reading. @throws ENOENT if it is gone */
  open(name: string): Promise<FileHandle>;
  remove(names: readonly string[]): Promise<void>;
  /**
   * Removes what a crash left: files that no row speaks of. Those that are made meanwhile are let be.
   * @param unknown those of the names that no row has
   */
  sweep(unknown: (names: readonly string[]) => Promise<readonly string[]>): Promise<void>;
  removeAll(): Promise<void>;
}

const namePattern = /^[0-9a-f]{32}$/;

/**
 * Files `folder/ab/abcd...`.
 * @param isDurable whether they must survive a loss of power
 */
export function createObjectFiles(folder: string, isDurable: boolean): ObjectFiles {
  let madeMeanwhile: Set<string> | undefined;
  const syncAhead: SyncAhead = { isTaken: false };
  const pathOf = (name: string): string => {
    if (!namePattern.test(name)) throw new Error("A file of an object is named by 32 hexadecimal digits.");
    return join(folder, name.slice(0, 2), name);
  };
  return {
    async create() {
      const name = randomBytes(16).toString("hex");
      // Before it is there: a sweep must not come upon it.
      madeMeanwhile?.add(name);
      const parent = join(folder, name.slice(0, 2));
      const made = await mkdir(parent, { recursive: true, mode: 0o700 });
      const handle = await open(pathOf(name), "wx", 0o600);
      const named = isDurable ? Promise.all([syncFolder(parent), made !== undefined && syncFolder(folder)]) : undefined;
      named?.catch(() => undefined);
      return newFile(name, handle, createFileWriter(handle, isDurable ? syncAhead : undefined), {
        named: async () => void (await named),
        remove: () => unlink(pathOf(name)),
      });
    },
    open: (name) => open(pathOf(name), "r"),
    async remove(names) {
      for (const name of names) await rm(pathOf(name), { force: true });
    },
    async sweep(unknown) {
      const made = (madeMeanwhile = new Set<string>());
      for (const parent of await readdir(folder).catch(() => [])) {
        const names = (await readdir(join(folder, parent)).catch(() => [])).filter((name) => namePattern.test(name) && !made.has(name));
        for (const name of await unknown(names)) await rm(pathOf(name), { force: true });
      }
      madeMeanwhile = undefined;
    },
    removeAll: () => rm(folder, { recursive: true, force: true }),
  };
}

interface FileEnds {
  /** Its name is on disk. */
  named(): Promise<void>;
  remove(): Promise<void>;
}

function newFile(name: string, handle: FileHandle, writer: FileWriter, ends: FileEnds): NewFile {
  return {
    name,
    write: (bytes) => writer.write(bytes),
    async finish() {
      await Promise.all([writer.finish(), ends.named()]);
      await handle.close();
    },
    async abandon() {
      await writer.settled();
      await handle.close().catch(() => undefined);
      await ends.remove().catch(() => undefined);
    },
  };
}
