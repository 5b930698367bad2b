import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import type { Sealer } from "./sessions/index.ts";

/** Seals secrets under the data folder's key file: AES-256-GCM, the purpose bound in as additional data. */
export interface Keyring extends Sealer {
  /** A key of its own for one purpose, the same after a restart. */
  derive(purpose: string): Uint8Array;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Opens the key file, making it (0600) when there is none.
 * @throws Error if the file can't be read or holds no key
 */
export async function openKeyring(file: string): Promise<Keyring> {
  const key = (await readKey(file)) ?? (await makeKey(file));
  return {
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", key, Buffer.alloc(0), purpose, keyBytes)),
    seal(purpose, plaintext) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose));
      return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    open(purpose, sealed) {
      if (sealed.length < nonceBytes + tagBytes) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-tagBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

async function readKey(file: string): Promise<Buffer | undefined> {
  let key: Buffer;
  try {
    key = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  if (key.length !== keyBytes) throw new Error(`The key file ${file} is damaged: it must hold ${keyBytes} bytes.`);
  return key;
}

/** Written aside and linked into place: the file is whole or absent, and of two makers one wins. */
async function makeKey(file: string): Promise<Buffer> {
  const made = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(made, "wx", 0o600);
    try {
      await handle.writeFile(randomBytes(keyBytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(made, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(made, { force: true });
  }
  const key = await readKey(file);
  if (key === undefined) throw new Error(`The key file ${file} vanished.`);
  return key;
}
