import { invalidStorageClass, keyTooLong, metadataTooLarge, notImplemented } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Checksum } from "./checksums.ts";

/** A part of an object that was uploaded in parts. */
interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum?: string;
}

/** What is kept of a version beside what lists show of it. */
export interface ObjectMeta extends Headers {
  readonly user?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly checksum?: Checksum;
  readonly parts?: readonly ObjectPart[];
  readonly encryption?: string;
  readonly kmsKeyId?: string;
}

/** Headers that come back as they were sent. */
interface Headers {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** What a request that makes an object says of it. */
export interface MetaInput {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: unknown;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

const headerNames = ["ContentType", "CacheControl", "ContentDisposition", "ContentLanguage", "Expires", "WebsiteRedirectLocation"] as const;

const storageClasses: ReadonlySet<string> = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
]);
/** Objects in these can't be read before they were restored. */
const archives: ReadonlySet<string> = new Set(["GLACIER", "DEEP_ARCHIVE"]);

/** @throws Fault */
export function metaOf(input: MetaInput): ObjectMeta {
  const { StorageClass = "STANDARD", Metadata, ServerSideEncryption, SSEKMSKeyId } = input;
  if (input.SSECustomerAlgorithm !== undefined) throw notImplemented("x-amz-server-side-encryption-customer-algorithm");
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined) throw notImplemented("x-amz-object-lock-mode");
  if (archives.has(StorageClass)) throw notImplemented("x-amz-storage-class");
  if (!storageClasses.has(StorageClass)) throw invalidStorageClass(StorageClass);
  const user = Object.entries(Metadata ?? {});
  const userBytes = user.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value, "latin1"), 0);
  if (userBytes > limits.userMetadataBytes) throw metadataTooLarge(userBytes, limits.userMetadataBytes);
  const headers: Record<string, unknown> = {};
  for (const name of headerNames) if (input[name] !== undefined && input[name] !== "") headers[name] = input[name];
  const encoding = withoutAwsChunked(input.ContentEncoding);
  return {
    ...headers,
    ...(encoding !== undefined && { ContentEncoding: encoding }),
    ...(user.length > 0 && { user: Object.fromEntries(user) }),
    ...(StorageClass !== "STANDARD" && { storageClass: StorageClass }),
    ...(ServerSideEncryption !== undefined && ServerSideEncryption !== "AES256" && { encryption: ServerSideEncryption }),
    ...(SSEKMSKeyId !== undefined && { kmsKeyId: SSEKMSKeyId }),
  };
}

/** That a body came in chunks is nothing of the object's. */
function withoutAwsChunked(encoding: string | undefined): string | undefined {
  const left = (encoding ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "aws-chunked");
  return left.length === 0 ? undefined : left.join(",");
}

/** @throws Fault KeyTooLongError */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > limits.keyBytes) throw keyTooLong(bytes, limits.keyBytes);
}

/** A form's fields may have names that no header can have; S3 tells how many of these there are. */
const isHeaderName = /^[\w!#$%&'*+.^`|~-]*$/;

/** The headers of Get and Head that tell what was said when the object was made. */
export function metaOutput({ user, storageClass, encryption, kmsKeyId, ...rest }: ObjectMeta): Record<string, unknown> {
  const { checksum: _checksum, parts: _parts, ContentType = "binary/octet-stream", ...headers } = rest;
  const all = Object.entries(user ?? {});
  const told = all.filter(([name]) => isHeaderName.test(name));
  const missing = all.length - told.length;
  return {
    ...headers,
    ContentType,
    ...(told.length > 0 && { Metadata: Object.fromEntries(told) }),
    ...(missing > 0 && { MissingMeta: missing }),
    ...(storageClass !== undefined && { StorageClass: storageClass }),
    ...encryptionOutput({ ...(encryption !== undefined && { encryption }), ...(kmsKeyId !== undefined && { kmsKeyId }) }),
  };
}

/** What every answer about an object says of its encryption. */
export const encryptionOutput = ({ encryption, kmsKeyId }: Pick<ObjectMeta, "encryption" | "kmsKeyId">) =>
  ({
    ServerSideEncryption: encryption ?? "AES256",
    ...(kmsKeyId !== undefined && { SSEKMSKeyId: kmsKeyId }),
  }) as { ServerSideEncryption: "AES256"; SSEKMSKeyId?: string };
