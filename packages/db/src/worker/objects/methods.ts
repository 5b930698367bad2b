import type { DatabaseSync } from "node:sqlite";
import type { BucketRow, NewNotice, NewObject, PutOutcome, Removal, RemovalOutcome } from "../../object-types.ts";
import type { HotMethod } from "../hot-store.ts";
import { filesOf } from "./files.ts";
import { listMethods } from "./lists.ts";
import { noticesOf } from "./notices.ts";
import { uploadsOf, type Uploads } from "./uploads.ts";
import { nullVersion, versionsOf } from "./versions.ts";

/** The methods of ObjectStore. */
export function objectMethods(database: DatabaseSync): Record<string, HotMethod> {
  const files = filesOf(database);
  const versions = versionsOf(database, files);
  const uploads = uploadsOf(database, files);
  const notices = noticesOf(database);
  const setTags = database.prepare("UPDATE s3_object SET tags = ? WHERE id = ? AND is_delete_marker = 0 RETURNING version_id");
  const removeOne = (bucketId: number, removal: Removal, freed: string[]): RemovalOutcome => {
    const { changeId, ...outcome } = versions.remove(bucketId, removal, freed);
    if (changeId === undefined || removal.notices === undefined) return outcome;
    const { versionId = removal.versionId ?? nullVersion } = outcome;
    const told = outcome.isDeleteMarker && removal.versionId === undefined ? removal.notices.marked : removal.notices.removed;
    notices.insert(told, { objectId: changeId, versionId, changedAtMs: removal.nowMs });
    return { ...outcome, isChanged: true };
  };
  return {
    ...bucketMethods(database, uploads),
    ...uploads.methods,
    ...notices.methods,
    ...listMethods(database),
    put: {
      mode: "write",
      run: (bucketId: number, object: NewObject): PutOutcome => {
        const { uploadId } = object;
        if (uploadId !== undefined && !uploads.exists(uploadId)) return { outcome: "no-upload" };
        const freed: string[] = [];
        const outcome = versions.put(bucketId, object, freed);
        if (outcome.outcome !== "done") return outcome;
        if (uploadId !== undefined) uploads.remove(uploadId, freed);
        const { notices: told = [], changedAtMs } = object;
        notices.insert(told, { objectId: outcome.id, versionId: outcome.versionId, changedAtMs });
        return outcome;
      },
    },
    find: { mode: "read", run: (bucketId: number, key: string, versionId: string | undefined) => versions.find(bucketId, key, versionId) },
    read: {
      mode: "read",
      run: (bucketId: number, key: string, versionId: string | undefined) => {
        const found = versions.find(bucketId, key, versionId);
        return found && { ...found, content: versions.content(found.id) };
      },
    },
    remove: {
      mode: "write",
      run: (bucketId: number, removals: readonly Removal[]) => {
        const freed: string[] = [];
        return { outcomes: removals.map((removal) => removeOne(bucketId, removal, freed)), freed };
      },
    },
    setTags: {
      mode: "write",
      run: (id: number, tags: string, told: readonly NewNotice[], changedAtMs: number) => {
        const versionId = setTags.get(tags, id)?.["version_id"] as string | undefined;
        if (versionId !== undefined) notices.insert(told, { objectId: id, versionId, changedAtMs });
        return versionId !== undefined;
      },
    },
    unknownFiles: { mode: "read", run: (names: readonly string[]) => files.unknown(names) },
  };
}

function bucketMethods(database: DatabaseSync, uploads: Uploads): Record<string, HotMethod> {
  const all = database.prepare("SELECT * FROM s3_bucket ORDER BY name");
  const insert = database.prepare(
    "INSERT OR IGNORE INTO s3_bucket (name, account_id, region, created_at, versioning, settings) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const change = database.prepare(
    "UPDATE s3_bucket SET versioning = coalesce(?, versioning), settings = coalesce(?, settings) WHERE id = ?",
  );
  const holdsAny = database.prepare("SELECT 1 FROM s3_object WHERE bucket_id = ? LIMIT 1");
  const remove = database.prepare("DELETE FROM s3_bucket WHERE id = ?");
  return {
    buckets: { mode: "read", run: () => all.all().map(toBucket) },
    createBucket: {
      mode: "write",
      run: ({ name, accountId, region, createdAtMs, versioning, settings }: Omit<BucketRow, "id">) => {
        const { changes, lastInsertRowid } = insert.run(name, accountId, region, createdAtMs, versioning, settings);
        return changes === 1 ? Number(lastInsertRowid) : undefined;
      },
    },
    changeBucket: {
      mode: "write",
      run: (id: number, { versioning, settings }: Partial<BucketRow>) => void change.run(versioning ?? null, settings ?? null, id),
    },
    removeBucket: {
      mode: "write",
      run: (id: number) => {
        if (holdsAny.get(id) !== undefined) return undefined;
        const freed: string[] = [];
        uploads.removeOfBucket(id, freed);
        remove.run(id);
        return freed;
      },
    },
  };
}

const toBucket = (row: Readonly<Record<string, unknown>>): BucketRow => ({
  id: row["id"] as number,
  name: row["name"] as string,
  accountId: row["account_id"] as string,
  region: row["region"] as string,
  createdAtMs: row["created_at"] as number,
  versioning: row["versioning"] as BucketRow["versioning"],
  settings: row["settings"] as string,
});
