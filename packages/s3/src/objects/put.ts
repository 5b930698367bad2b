import type { NewObject, PutOutcome } from "@mayfly/db";
import type { RequestContext } from "@mayfly/kernel";
import { invalidArgument, noSuchBucket, noSuchKey, noSuchUpload, notImplemented, operationAborted, preconditionFailed } from "../faults.ts";
import type { Bucket } from "../buckets/bucket.ts";
import type { ObjectEventName } from "../notifications/event-types.ts";
import { doerOf, eventOf, noticesOf, tell } from "../notifications/notices.ts";
import type { S3Resources } from "../resources.ts";
import { newVersionId, unquoted } from "./versions.ts";

/** Conditions of a write. */
export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html @throws Fault */
export function writeCondition({ IfMatch, IfNoneMatch }: WriteConditions): Pick<NewObject, "condition"> {
  if (IfNoneMatch !== undefined && IfNoneMatch !== "*") throw notImplemented("If-None-Match");
  if (IfNoneMatch !== undefined && IfMatch !== undefined)
    throw invalidArgument("Only one of If-Match and If-None-Match can be given.", "If-None-Match", IfNoneMatch);
  if (IfNoneMatch !== undefined) return { condition: { ifNoneMatch: true } };
  return IfMatch === undefined ? {} : { condition: { ifMatch: unquoted(IfMatch) } };
}

/** By which kind of request an object comes to be. */
interface PutBy {
  readonly name: Extract<ObjectEventName, `ObjectCreated:${string}`>;
  readonly ctx: Pick<RequestContext, "principal" | "sourceIp" | "requestId">;
}

type Done = Extract<PutOutcome, { outcome: "done" }>;

/**
 * Makes bytes an object: one write, after which it is there, and what it replaced is gone. Bytes that become none are removed.
 * @throws Fault
 */
export async function putObject(
  resources: Pick<S3Resources, "db" | "files" | "clock" | "notifier" | "trail">,
  bucket: Bucket,
  object: Omit<NewObject, "versionId" | "notices" | "changedAtMs">,
  { name, ctx }: PutBy,
): Promise<Done> {
  const { db, files, clock } = resources;
  const event = eventOf(bucket, { name, key: object.key, size: object.size, etag: object.etag, atMs: clock.now(), ...doerOf(ctx) });
  const notices = noticesOf(bucket, event);
  const outcome = await db.objects.put(bucket.id, { ...object, versionId: newVersionId(), notices, changedAtMs: event.atMs });
  if (outcome.outcome === "done") {
    files.free(outcome.freed);
    tell(resources, bucket, event, notices, { sequence: outcome.id });
    return outcome;
  }
  const isOwn = "segments" in object.content && object.isShared !== true && object.uploadId === undefined;
  if (isOwn && "segments" in object.content) files.free(object.content.segments.map(({ file }) => file));
  throw faults[outcome.outcome](bucket, object);
}

type Failure = Exclude<PutOutcome["outcome"], "done">;

const faults: Record<Failure, (bucket: Bucket, object: Pick<NewObject, "key" | "condition" | "uploadId">) => Error> = {
  "no-bucket": ({ name }) => noSuchBucket(name),
  "no-upload": (_bucket, { uploadId }) => noSuchUpload(uploadId ?? ""),
  "no-such-key": (_bucket, { key }) => noSuchKey(key),
  "precondition-failed": (_bucket, { condition }) => preconditionFailed(condition?.ifNoneMatch ? "If-None-Match" : "If-Match"),
  "source-gone": () => operationAborted(),
};
