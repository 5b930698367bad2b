import { randomBytes } from "node:crypto";
import type { ObjectContent, ObjectRow } from "@mayfly/db";
import { isFault, type RequestContext } from "@mayfly/kernel";
import type { Bucket } from "../buckets/bucket.ts";
import { invalidArgument, isDeleteMarker, noSuchKey, noSuchVersion } from "../faults.ts";
import { authorizeBucket } from "../iam-rules.ts";
import type { S3Resources } from "../resources.ts";
import { checkKey, type ObjectMeta } from "./meta.ts";

/** A version that was found. */
export interface FoundObject extends Omit<ObjectRow, "meta"> {
  readonly meta: ObjectMeta;
}

interface Named {
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
}

/** 32 characters, as S3's are. */
export const newVersionId = (): string => randomBytes(24).toString("base64url");

const isVersionId = (text: string): boolean => text === "null" || /^[\w-]{32}$/.test(text);

/** An object, or a version of it, with its bytes. @throws Fault NoSuchKey, NoSuchVersion, MethodNotAllowed, AccessDenied */
export async function readObject(
  resources: S3Resources,
  ctx: RequestContext,
  bucket: Bucket,
  named: Named,
): Promise<FoundObject & { readonly content: ObjectContent }> {
  checkNames(named);
  const row = await resources.db.objects.read(bucket.id, named.Key ?? "", named.VersionId);
  return { ...(await found(ctx, bucket, named, row)), content: row?.content ?? { inline: new Uint8Array() } };
}

/** The same without. */
export async function findObject(resources: S3Resources, ctx: RequestContext, bucket: Bucket, named: Named): Promise<FoundObject> {
  checkNames(named);
  return found(ctx, bucket, named, await resources.db.objects.find(bucket.id, named.Key ?? "", named.VersionId));
}

/** @throws Fault KeyTooLongError, InvalidArgument */
function checkNames({ Key = "", VersionId }: Named): void {
  checkKey(Key);
  checkVersionId(VersionId);
}

/** @throws Fault InvalidArgument */
export function checkVersionId(versionId: string | undefined, argument = "versionId"): void {
  if (versionId !== undefined && !isVersionId(versionId)) throw invalidArgument("Invalid version id specified", argument, versionId);
}

async function found(
  ctx: RequestContext,
  bucket: Bucket,
  { Key = "", VersionId }: Named,
  row: ObjectRow | undefined,
): Promise<FoundObject> {
  if (row === undefined || (row.isDeleteMarker && VersionId === undefined)) {
    // Who may not list is not told what is there and what is not.
    await authorizeBucket(ctx, bucket, "s3:ListBucket");
    if (VersionId !== undefined) throw noSuchVersion(Key, VersionId);
    throw row === undefined ? noSuchKey(Key) : withMarker(Key, row);
  }
  const headers = {
    "x-amz-delete-marker": "true",
    "x-amz-version-id": row.versionId,
    "last-modified": new Date(row.lastModifiedMs).toUTCString(),
  };
  if (row.isDeleteMarker) throw isDeleteMarker(Key, headers);
  return { ...row, meta: JSON.parse(row.meta) as ObjectMeta };
}

function withMarker(Key: string, { versionId }: ObjectRow): Error {
  const fault = noSuchKey(Key);
  return isFault(fault) ? withHeaders(fault, { "x-amz-delete-marker": "true", "x-amz-version-id": versionId }) : fault;
}

const withHeaders = <T extends { readonly members: Readonly<Record<string, unknown>> }>(
  fault: T,
  headers: Readonly<Record<string, string>>,
): T => Object.assign(fault, { members: { ...fault.members, headers } });

/** What an answer about an object in a bucket with versions names. */
export const versionOutput = ({ versioning }: Bucket, versionId: string | undefined): { VersionId?: string } =>
  versioning === "" || versionId === undefined ? {} : { VersionId: versionId };

export const quoted = (etag: string): string => `"${etag}"`;
export const unquoted = (etag: string): string => etag.trim().replace(/^"(.*)"$/, "$1");
