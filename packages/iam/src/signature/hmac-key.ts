import { hash } from "node:crypto";

/** Of SHA-256. */
const blockBytes = 64;
const digestBytes = 32;

/**
 * A key of HMAC-SHA256 (RFC 2104) with its two padded blocks made once, so that each use is two plain hashes: 1.8 us, where an Hmac object
 * takes 3 to 5 and is work for the garbage collector (6 % of an Invoke's way in front of the engine).
 */
export class HmacKey {
  readonly #inner = Buffer.alloc(blockBytes, 0x36);
  /** With room for the inner digest. */
  readonly #outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);

  /** @param key no longer than a block: longer ones would have to be hashed first */
  constructor(key: Buffer) {
    if (key.length > blockBytes) throw new RangeError(`A key of ${key.length} bytes is longer than a block.`);
    for (const [index, byte] of key.entries()) {
      this.#inner[index] = byte ^ 0x36;
      this.#outer[index] = byte ^ 0x5c;
    }
  }

  /** The signature of a text, in lower-case hexadecimal digits. */
  sign(text: string): string {
    this.#outer.write(hash("sha256", Buffer.concat([this.#inner, Buffer.from(text)])), blockBytes, "hex");
    return hash("sha256", this.#outer);
  }
}
