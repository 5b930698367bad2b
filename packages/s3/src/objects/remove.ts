import type { Removal, RemovalOutcome } from "@mayfly/db";
import type { Bucket } from "../buckets/bucket.ts";
import type { ObjectEvent } from "../notifications/event-record.ts";
import { eventOf, noticesOf, tell } from "../notifications/notices.ts";
import type { S3Resources } from "../resources.ts";
import { newVersionId } from "./versions.ts";

/** What of a key is to be removed. */
export type Removing = Pick<Removal, "key" | "versionId" | "ifMatch">;

/** Why, and by whom. */
export interface RemovedBy extends Pick<ObjectEvent, "principalId" | "sourceIp" | "requestId"> {
  readonly family: "ObjectRemoved" | "LifecycleExpiration";
}

/** Removes objects, versions of them, or puts delete markers in front of them, in one write; whoever asked to be told of it is. */
export async function removeObjects(
  resources: Pick<S3Resources, "db" | "files" | "clock" | "notifier" | "trail">,
  bucket: Bucket,
  removing: readonly Removing[],
  { family, ...doer }: RemovedBy,
): Promise<readonly RemovalOutcome[]> {
  const { db, files, clock } = resources;
  const nowMs = clock.now();
  // Of one request that removes many, the trail knows each by its key.
  const eventIdOf = (key: string): string => (removing.length === 1 ? doer.requestId : `${doer.requestId}/${key}`);
  const eventFor = (key: string, what: "Delete" | "DeleteMarkerCreated") =>
    eventOf(bucket, { name: `${family}:${what}`, key, atMs: nowMs, ...doer });
  const noticesFor = (key: string, what: "Delete" | "DeleteMarkerCreated") => noticesOf(bucket, eventFor(key, what), eventIdOf(key));
  const isAsked = bucket.settings.notifications !== undefined;
  const removals = removing.map((one): Removal => {
    const notices = isAsked && { removed: noticesFor(one.key, "Delete"), marked: noticesFor(one.key, "DeleteMarkerCreated") };
    return { ...one, newVersionId: newVersionId(), nowMs, ...(notices && { notices }) };
  });
  const { outcomes, freed } = await db.objects.remove(bucket.id, removals);
  files.free(freed);
  for (const [index, { isChanged, isDeleteMarker }] of outcomes.entries()) {
    const removal = removals[index];
    if (!isChanged || removal?.notices === undefined) continue;
    const isMarked = isDeleteMarker === true && removal.versionId === undefined;
    const event = eventFor(removal.key, isMarked ? "DeleteMarkerCreated" : "Delete");
    tell(resources, bucket, event, isMarked ? removal.notices.marked : removal.notices.removed, { eventId: eventIdOf(removal.key) });
  }
  return outcomes;
}
