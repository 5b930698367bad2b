import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobStore } from "./types.ts";

/** Blobs as files `folder/ab/abcd....zip`, named for their SHA-256. */
export function createBlobStore(folder: string): BlobStore {
  const path = (sha256Hex: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256Hex)) throw new Error("A blob is named by the hexadecimal digits of a SHA-256.");
    return join(folder, sha256Hex.slice(0, 2), `${sha256Hex}.zip`);
  };
  return {
    path,
    async put(bytes) {
      const sha256Hex = createHash("sha256").update(bytes).digest("hex");
      const target = path(sha256Hex);
      if ((await sizeOf(target)) !== bytes.byteLength) await writeDurably(target, bytes);
      return sha256Hex;
    },
    has: async (sha256Hex) => (await sizeOf(path(sha256Hex))) !== undefined,
    remove: (sha256Hex) => rm(path(sha256Hex), { force: true }),
  };
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The bytes and then the name are on disk before it resolves: a crash leaves the whole file or none. */
async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${target}.${randomUUID()}.new`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  for (const parent of [folder, dirname(folder)]) await syncFolder(parent);
}

/** What names a folder holds is on disk when it resolves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
