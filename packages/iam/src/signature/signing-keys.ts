import { createHmac } from "node:crypto";
import { createLRU } from "lru.min";
import { HmacKey } from "./hmac-key.ts";
import { signatureLimits } from "./types.ts";

/** Derives the key that signs one day's requests to one service in one region. */
export interface SigningKeys {
  get(secretAccessKey: string, scopeDate: string, region: string, service: string): HmacKey;
}

/**
 * Signing keys, the most lately used of them kept in memory.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
 */
export function createSigningKeys(maxEntries: number = signatureLimits.signingKeyCacheEntries): SigningKeys {
  const cache = createLRU<string, HmacKey>({ max: maxEntries });
  return {
    get(secretAccessKey, scopeDate, region, service) {
      const name = `${scopeDate}/${region}/${service}/${secretAccessKey}`;
      const known = cache.get(name);
      if (known) return known;
      const derived = new HmacKey(deriveSigningKey(secretAccessKey, scopeDate, region, service));
      cache.set(name, derived);
      return derived;
    },
  };
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

function deriveSigningKey(secretAccessKey: string, scopeDate: string, region: string, service: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, scopeDate), region), service), "aws4_request");
}
