import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { copyDatabase, databaseFiles } from "../copy-data-folder.ts";
import type { WorkerSetup } from "../messages.ts";
import { openHotStore, type HotStore } from "./hot-store.ts";
import { lockFolder } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { openStateStore, type StateStore } from "./state-store.ts";

/** All that the database's thread holds. */
export interface Stores {
  readonly state: StateStore;
  readonly hot: HotStore;
  copyTo(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Locks the folder, migrates it, opens both databases. @throws DataFolderLocked, DataFolderTooNew, the file system's errors */
export async function openStores(
  { folder, migrationsFolder, synchronous }: WorkerSetup,
  progress: (line: string) => void,
): Promise<Stores> {
  const lock = lockFolder(folder);
  try {
    migrate(folder, migrationsFolder, progress);
    const hot = openHotStore(join(folder, "hot.db"), synchronous);
    const state = await openStateStore(join(folder, "state.db"), synchronous);
    return {
      state,
      hot,
      async copyTo(target) {
        mkdirSync(target, { recursive: true, mode: 0o700 });
        for (const file of databaseFiles) copyDatabase(join(folder, file), join(target, file));
      },
      async close() {
        await state.close();
        hot.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
