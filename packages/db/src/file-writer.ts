import type { FileHandle } from "node:fs/promises";

/** Bytes on their way to a file. */
export interface FileWriter {
  /** Resolves when more may come. The bytes must stay as they are. @throws what an earlier write or sync threw */
  write(bytes: Uint8Array): Promise<void>;
  /** All that came is written, and on disk if it is to be. */
  finish(): Promise<void>;
  /** Nothing touches the file any more. */
  settled(): Promise<void>;
}

/** Syncs what is written while more comes: the disk need not begin at the end. Undefined: files need not be on disk. */
export interface SyncAhead {
  /** One file at a time: the threads that sync are the same that read and write. */
  isTaken: boolean;
}

/** Every write costs a turn of the event loop and of the pool's threads; gathered bytes cost memory. */
const gatheredBytes = 256 * 1024;
const gatheredCount = 64;
const syncedAheadBytes = 8 * 1024 * 1024;

/** Writes behind the one who brings the bytes, one write at a time. */
export function createFileWriter(handle: FileHandle, syncAhead: SyncAhead | undefined): FileWriter {
  let gathered: Uint8Array[] = [];
  let count = 0;
  let unsynced = 0;
  let isSyncing = false;
  let writing: Promise<void> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();

  const writeGathered = async (): Promise<void> => {
    await writing;
    if (count === 0) return;
    writing = writeAll(handle, gathered);
    writing.catch(() => undefined);
    unsynced += count;
    gathered = [];
    count = 0;
  };
  /** Whatever it fails with is thrown at the end: the kernel tells a failure once. */
  const sync = (taken: SyncAhead): void => {
    unsynced = 0;
    isSyncing = taken.isTaken = true;
    syncing = handle.datasync().finally(() => (taken.isTaken = false));
    syncing.then(
      () => (isSyncing = false),
      () => undefined,
    );
  };
  return {
    async write(bytes) {
      gathered.push(bytes);
      count += bytes.length;
      if (count < gatheredBytes && gathered.length < gatheredCount) return;
      await writeGathered();
      if (syncAhead !== undefined && unsynced >= syncedAheadBytes && !isSyncing && !syncAhead.isTaken) sync(syncAhead);
    },
    async finish() {
      await writeGathered();
      await Promise.all([writing, syncing]);
      if (syncAhead !== undefined) await handle.datasync();
    },
    settled: async () => void (await Promise.allSettled([writing, syncing])),
  };
}

async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces as Uint8Array[]);
  const all = pieces.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten === all) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let at = 0; at < rest.length;) at += (await handle.write(rest, at)).bytesWritten;
}
