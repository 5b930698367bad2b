import { createRequire } from "node:module";
import type * as HashWasm from "hash-wasm";
import type { RunningChecksum } from "./checksums.ts";

const require = createRequire(import.meta.url);

/** Polynomials, bits reversed. Of the package only these two are loaded. */
const create = {
  CRC32C: () => (require("hash-wasm/dist/crc32.umd.min.js") as typeof HashWasm).createCRC32(0x82f63b78),
  CRC64NVME: () => (require("hash-wasm/dist/crc64.umd.min.js") as typeof HashWasm).createCRC64("9a6c9329ac4bc9b5"),
};

const hashers = new Map<keyof typeof create, Promise<HashWasm.IHasher>>();

/**
 * The two of S3's checksums that Node lacks, in WebAssembly: five times as fast as the SDK's in JavaScript. One hasher serves all that run at the same time,
 * and takes up each one's state: each of its own would reserve gigabytes of addresses.
 */
export async function createCrc(algorithm: keyof typeof create): Promise<RunningChecksum> {
  const hashing = hashers.get(algorithm) ?? create[algorithm]();
  hashers.set(algorithm, hashing);
  const hasher = await hashing;
  hasher.init();
  let state = hasher.save();
  return {
    update(bytes) {
      hasher.load(state);
      hasher.update(bytes);
      state = hasher.save();
    },
    digest() {
      hasher.load(state);
      return Buffer.from(hasher.digest("binary"));
    },
  };
}
