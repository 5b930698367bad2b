import type { ObjectRow } from "@mayfly/db";
import { keyOf } from "../iam-rules.ts";
import type { ConditionKeys } from "@mayfly/kernel";
import { invalidArgument } from "../faults.ts";
import { limits } from "../limits.ts";
import type { ObjectMeta } from "./meta.ts";
import { quoted } from "./versions.ts";

/** What all list operations are asked for. */
export interface ListInput {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

/** Condition keys of lists. */
export const listKeys = ({ Prefix, Delimiter, MaxKeys }: ListInput): ConditionKeys => ({
  ...keyOf("s3:prefix", Prefix),
  ...keyOf("s3:delimiter", Delimiter),
  ...keyOf("s3:max-keys", MaxKeys),
});

/** How many names a page has. @throws Fault InvalidArgument */
export function pageCountOf(count: number | undefined, argument = "max-keys"): number {
  if (count === undefined) return limits.pageCount;
  if (count < 0 || count > 2_147_483_647)
    throw invalidArgument(`Argument ${argument} must be an integer between 0 and 2147483647`, argument, String(count));
  return Math.min(count, limits.pageCount);
}

/** Names as they are told: XML can't hold all of them. @throws Fault InvalidArgument */
export function encoderOf(encoding: string | undefined): (name: string) => string {
  if (encoding === undefined) return (name) => name;
  if (encoding !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
  return (name) =>
    encodeURIComponent(name)
      .replaceAll("%20", "+")
      .replaceAll("%2F", "/")
      .replace(/[!'()~]/g, percent);
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** What lists show of an object. */
export function listedObject({ key, size, etag, lastModifiedMs, meta }: ObjectRow, encode: (name: string) => string) {
  const { storageClass, checksum } = JSON.parse(meta) as ObjectMeta;
  return {
    Key: encode(key),
    LastModified: new Date(lastModifiedMs),
    ETag: quoted(etag),
    ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: size,
    StorageClass: (storageClass ?? "STANDARD") as "STANDARD",
  };
}

export const commonPrefixes = (prefixes: readonly string[], encode: (name: string) => string) =>
  prefixes.length > 0 ? { CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) } : {};
