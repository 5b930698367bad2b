import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { createLRU } from "lru.min";
import { signatureLimits } from "./types.ts";

/** Derives the key that signs one day's requests to one service in one region. */
export interface SigningKeys {
  get(secretAccessKey: string, scopeDate: string, region: string, service: string): KeyObject;
}

/** HMAC-SHA256. */
export const hmac = (key: KeyObject | Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * Signing keys, the most lately used of them kept in memory.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
 */
export function createSigningKeys(maxEntries: number = signatureLimits.signingKeyCacheEntries): SigningKeys {
  const cache = createLRU<string, KeyObject>({ max: maxEntries });
  return {
    get(secretAccessKey, scopeDate, region, service) {
      const name = `${scopeDate}/${region}/${service}/${secretAccessKey}`;
      const known = cache.get(name);
      if (known) return known;
      // As bytes it would be imported at each use, which takes four times as long as the HMAC itself.
      const derived = createSecretKey(deriveSigningKey(secretAccessKey, scopeDate, region, service));
      cache.set(name, derived);
      return derived;
    },
  };
}

function deriveSigningKey(secretAccessKey: string, scopeDate: string, region: string, service: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, scopeDate), region), service), "aws4_request");
}
