import { open, readFile, rename, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import type { Keyring } from "@mayfly/iam";

/** A secret of the server's in a file of its own, sealed by the data folder's key. */
export interface SealedFile {
  /** Undefined if there is none, or none that was sealed here. */
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when it is on disk. */
  write(content: Uint8Array): Promise<void>;
}

/** @param purpose what the secret is for: see Keyring */
export const sealedFile = (file: string, purpose: string, keyring: Keyring): SealedFile => ({
  async read() {
    try {
      return keyring.open(purpose, await readFile(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  },
  async write(content) {
    const made = `${file}.${randomUUID()}.new`;
    try {
      const handle = await open(made, "wx", 0o600);
      try {
        await handle.writeFile(keyring.seal(purpose, Buffer.from(content)));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(made, file);
    } finally {
      await rm(made, { force: true });
    }
  },
});
