import { notModified, preconditionFailed } from "../faults.ts";
import type { FoundObject } from "./versions.ts";
import { quoted, unquoted } from "./versions.ts";

/** Conditions of a read. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

type State = Pick<FoundObject, "etag" | "lastModifiedMs">;

const second = (ms: number): number => Math.floor(ms / 1000);
const names = (list: string, etag: string): boolean =>
  list.split(",").some((one) => one.trim() === "*" || unquoted(one.trim().replace(/^W\//, "")) === etag);

/**
 * RFC 9110, in whose order the ETag counts more than the time.
 * @throws Fault PreconditionFailed, NotModified
 */
export function checkReadConditions(object: State, { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions): void {
  const { etag, lastModifiedMs } = object;
  if (IfMatch !== undefined && !names(IfMatch, etag)) throw preconditionFailed("If-Match");
  if (IfMatch === undefined && IfUnmodifiedSince !== undefined && second(lastModifiedMs) > second(IfUnmodifiedSince.getTime()))
    throw preconditionFailed("If-Unmodified-Since");
  const isSame = IfNoneMatch !== undefined && names(IfNoneMatch, etag);
  const isOld = IfNoneMatch === undefined && IfModifiedSince !== undefined && second(lastModifiedMs) <= second(IfModifiedSince.getTime());
  if (isSame || isOld) throw notModified({ etag: quoted(etag), "last-modified": new Date(lastModifiedMs).toUTCString() });
}

/** Conditions of a copy's source; all must hold. @throws Fault PreconditionFailed */
export function checkSourceConditions(object: State, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const { etag, lastModifiedMs } = object;
  if (IfMatch !== undefined && !names(IfMatch, etag)) throw preconditionFailed("x-amz-copy-source-If-Match");
  if (IfNoneMatch !== undefined && names(IfNoneMatch, etag)) throw preconditionFailed("x-amz-copy-source-If-None-Match");
  if (IfMatch === undefined && IfUnmodifiedSince !== undefined && second(lastModifiedMs) > second(IfUnmodifiedSince.getTime()))
    throw preconditionFailed("x-amz-copy-source-If-Unmodified-Since");
  if (IfNoneMatch === undefined && IfModifiedSince !== undefined && second(lastModifiedMs) <= second(IfModifiedSince.getTime()))
    throw preconditionFailed("x-amz-copy-source-If-Modified-Since");
}
