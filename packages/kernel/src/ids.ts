import { randomBytes, randomInt, randomUUID } from "node:crypto";

const upperAlphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A request id, event id or revision id. */
export const newUuid = (): string => randomUUID();

/** `n` random bytes as 2n hexadecimal digits. */
export const newHex = (bytes: number): string => randomBytes(bytes).toString("hex");

/**
 * An IAM unique id: a four-letter prefix (`AROA` role, `AIDA` user, `ANPA` policy, `AKIA` key, `ASIA` temporary key) and 17 or, for
 * keys, 16 characters. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function newIamId(prefix: string, randomLength = 17): string {
  let id = prefix;
  for (let i = 0; i < randomLength; i++) id += upperAlphanumerics[randomInt(upperAlphanumerics.length)];
  return id;
}
