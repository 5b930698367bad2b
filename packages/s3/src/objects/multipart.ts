import { createHash, randomBytes } from "node:crypto";
import type { PartRow, UploadRow } from "@mayfly/db";
import type { Bucket } from "../buckets/bucket.ts";
import { invalidArgument, noSuchUpload } from "../faults.ts";
import { limits } from "../limits.ts";
import type { S3Resources } from "../resources.ts";
import { createChecksum, type Checksum, type ChecksumAlgorithm } from "./checksums.ts";
import type { ObjectMeta } from "./meta.ts";

/** An upload under way. */
export interface Upload extends Omit<UploadRow, "meta"> {
  readonly meta: UploadMeta;
}

/** What was said when it began. */
export interface UploadMeta {
  readonly object: ObjectMeta;
  readonly checksum?: Pick<Checksum, "algorithm" | "type">;
}

export const newUploadId = (): string => randomBytes(48).toString("base64url");

interface NamesUpload {
  readonly Key: string;
  readonly UploadId: string;
}

/** @throws Fault NoSuchUpload */
export async function uploadOf({ db }: Pick<S3Resources, "db">, bucket: Bucket, { Key, UploadId }: NamesUpload): Promise<Upload> {
  const row = await db.objects.upload(bucket.id, Key, UploadId);
  if (row === undefined) throw noSuchUpload(UploadId);
  return { ...row, meta: JSON.parse(row.meta) as UploadMeta };
}

/** @throws Fault InvalidArgument */
export function checkPartNumber(number: number): number {
  if (number >= 1 && number <= limits.partCount) return number;
  throw invalidArgument(`Part number must be an integer between 1 and ${limits.partCount}, inclusive`, "partNumber", String(number));
}

/** A part's checksum, if its upload has some. */
export const partChecksum = ({ meta }: PartRow): string | undefined => (JSON.parse(meta) as { checksum?: string }).checksum;

/** The ETag of an object in parts: the MD5 of its parts' MD5s, and how many they are. */
export function multipartEtag(parts: readonly Pick<PartRow, "etag">[]): string {
  const md5 = createHash("md5");
  for (const { etag } of parts) md5.update(Buffer.from(etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html#Full-object-checksums */
export async function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly PartRow[]): Promise<Checksum> {
  const running = await createChecksum(algorithm);
  for (const part of parts) running.update(Buffer.from(partChecksum(part) ?? "", "base64"));
  return { algorithm, type: "COMPOSITE", value: `${running.digest().toString("base64")}-${parts.length}` };
}
