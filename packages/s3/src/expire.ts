import type { ListedVersion, ObjectRow } from "@mayfly/db";
import { newUuid } from "@mayfly/kernel";
import type { LifecycleRule } from "@mayfly/wire/s3";
import type { Bucket } from "./buckets/bucket.ts";
import { expiresAtMs, expiryMs, isFor, prefixOf } from "./buckets/lifecycle.ts";
import { removeObjects, type RemovedBy } from "./objects/remove.ts";
import type { S3Resources } from "./resources.ts";
import type { Tags } from "./tags.ts";

type Given = Pick<S3Resources, "db" | "files" | "buckets" | "clock" | "notifier" | "trail">;

const pageCount = 500;

/** As which events tell S3 itself. */
const byRule = (): RemovedBy => ({
  family: "LifecycleExpiration",
  principalId: "s3.amazonaws.com",
  sourceIp: "s3.amazonaws.com",
  requestId: newUuid(),
});

/** Carries the buckets' lifecycle rules out, once; what they are over is removed some at a time, so that others are not held up. */
export async function expireObjects(given: Given, isClosed: () => boolean): Promise<void> {
  for (const bucket of given.buckets.all()) {
    for (const rule of bucket.settings.lifecycle ?? []) {
      if (isClosed()) return;
      if (rule.Status === "Enabled") await carryOut(given, bucket, rule);
    }
  }
}

async function carryOut(given: Given, bucket: Bucket, rule: LifecycleRule): Promise<void> {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  if (Expiration?.Days !== undefined || Expiration?.Date !== undefined) await expireCurrent(given, bucket, rule);
  if (NoncurrentVersionExpiration !== undefined || (Expiration !== undefined && bucket.versioning !== ""))
    await expireVersions(given, bucket, rule);
  if (AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined)
    await abortUploads(given, bucket, rule, AbortIncompleteMultipartUpload.DaysAfterInitiation);
}

const isRulesObject = (rule: LifecycleRule, { key, size, tags }: ObjectRow): boolean =>
  isFor(rule, { key, size, tags: JSON.parse(tags) as Tags });

const isOver = (rule: LifecycleRule, { lastModifiedMs }: ObjectRow, nowMs: number): boolean =>
  nowMs >= (expiresAtMs(rule, lastModifiedMs) ?? Infinity);

async function expireCurrent(given: Given, bucket: Bucket, rule: LifecycleRule): Promise<void> {
  const { db, clock } = given;
  for (let after = "", isMore = true; isMore;) {
    const page = await db.objects.list(bucket.id, { prefix: prefixOf(rule), delimiter: "", after, count: pageCount });
    const over = page.items.filter((object) => isRulesObject(rule, object) && isOver(rule, object, clock.now()));
    const removing = over.map(({ key, etag }) => ({ key, versionId: undefined, ifMatch: etag }));
    if (removing.length > 0) await removeObjects(given, bucket, removing, byRule());
    ({ last: after, isTruncated: isMore } = page);
  }
}

/** A version is not current from when the next one came. */
async function expireVersions(given: Given, bucket: Bucket, rule: LifecycleRule): Promise<void> {
  const { db, clock } = given;
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = rule.NoncurrentVersionExpiration ?? {};
  const keys = new Map<string, ListedVersion[]>();
  let after = "";
  let afterVersionId: string | undefined;
  for (let isMore = true; isMore;) {
    const page = await db.objects.listVersions(bucket.id, {
      prefix: prefixOf(rule),
      delimiter: "",
      after,
      afterVersionId,
      count: pageCount,
    });
    for (const item of page.items) {
      const versions = keys.get(item.key);
      if (versions === undefined) keys.set(item.key, [item]);
      else versions.push(item);
    }
    ({ last: after, isTruncated: isMore } = page);
    afterVersionId = page.items.at(-1)?.versionId;
    const over: ListedVersion[] = [];
    for (const [key, versions] of keys) {
      if (isMore && key === after) continue;
      keys.delete(key);
      over.push(...overOf(versions));
    }
    const removing = over.map(({ key, versionId }) => ({ key, versionId }));
    if (removing.length > 0) await removeObjects(given, bucket, removing, byRule());
  }

  /** A rule that counts days is for markers that stand alone, too, as soon as they are so old. */
  function isMarkersTurn(marker: ListedVersion): boolean {
    return (rule.Expiration?.ExpiredObjectDeleteMarker ?? false) || (isRulesObject(rule, marker) && isOver(rule, marker, clock.now()));
  }

  function overOf(versions: readonly ListedVersion[]): ListedVersion[] {
    const [current] = versions;
    if (current?.isDeleteMarker && versions.length === 1) return isMarkersTurn(current) ? [current] : [];
    if (NoncurrentDays === undefined) return [];
    return versions.filter((version, index) => {
      const next = versions[index - 1];
      return (
        next !== undefined &&
        index > NewerNoncurrentVersions &&
        isRulesObject(rule, version) &&
        clock.now() >= expiryMs(next.lastModifiedMs, NoncurrentDays)
      );
    });
  }
}

async function abortUploads({ db, files, clock }: Given, bucket: Bucket, rule: LifecycleRule, days: number): Promise<void> {
  let after = "";
  let afterUploadId = "";
  for (let isMore = true; isMore;) {
    const page = await db.objects.listUploads(bucket.id, { prefix: prefixOf(rule), delimiter: "", after, afterUploadId, count: pageCount });
    for (const { key, id, startedAtMs } of page.items)
      if (clock.now() >= expiryMs(startedAtMs, days)) files.free((await db.objects.removeUpload(bucket.id, key, id)) ?? []);
    ({ last: after, isTruncated: isMore } = page);
    afterUploadId = page.items.at(-1)?.id ?? "";
  }
}
