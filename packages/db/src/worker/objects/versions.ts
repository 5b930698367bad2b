import type { DatabaseSync } from "node:sqlite";
import type { NewObject, ObjectContent, ObjectRow, PutOutcome, Removal, RemovalOutcome, Segment } from "../../object-types.ts";
import type { Files } from "./files.ts";

/** Versions of objects, one by one. */
export interface Versions {
  find(bucketId: number, key: string, versionId: string | undefined): ObjectRow | undefined;
  content(id: number): ObjectContent;
  put(bucketId: number, object: NewObject, freed: string[]): PutOutcome;
  /** `changeId` grows with the order of a key's changes; undefined if there was nothing to remove. */
  remove(bucketId: number, removal: Removal, freed: string[]): RemovalOutcome & { readonly changeId?: number | undefined };
}

type Row = Readonly<Record<string, unknown>>;

/** What of a version a list and a head show. */
export const objectColumns = "id, key, version_id, is_delete_marker, size, etag, last_modified, meta, tags";

/** A row as it is told. */
export const toObject = (row: Row): ObjectRow => ({
  id: row["id"] as number,
  key: row["key"] as string,
  versionId: row["version_id"] as string,
  isDeleteMarker: row["is_delete_marker"] === 1,
  size: row["size"] as number,
  etag: row["etag"] as string,
  lastModifiedMs: row["last_modified"] as number,
  meta: row["meta"] as string,
  tags: row["tags"] as string,
});

/** The version of what was written while its bucket was not versioned. */
export const nullVersion = "null";

interface VersionRows {
  newest(bucketId: number, key: string): ObjectRow | undefined;
  named(bucketId: number, key: string, versionId: string): ObjectRow | undefined;
  insert(bucketId: number, object: Omit<ObjectRow, "id">): number;
  delete(id: number): void;
  /** Another version is about to be the newest. */
  unlist(bucketId: number, key: string): void;
  list(id: number): void;
  /** An id that no version gets: of a change that leaves none. */
  nextId(): number;
  /** Undefined where the bucket is gone. */
  versioningOf(bucketId: number): string | undefined;
}

function versionRows(database: DatabaseSync): VersionRows {
  const newest = database.prepare(`SELECT ${objectColumns} FROM s3_object WHERE bucket_id = ? AND key = ? ORDER BY id DESC LIMIT 1`);
  const named = database.prepare(`SELECT ${objectColumns} FROM s3_object WHERE bucket_id = ? AND key = ? AND version_id = ?`);
  const insert = database.prepare(
    "INSERT INTO s3_object (bucket_id, key, version_id, is_delete_marker, is_listed, size, etag, last_modified, meta, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const remove = database.prepare("DELETE FROM s3_object WHERE id = ?");
  const unlist = database.prepare("UPDATE s3_object SET is_listed = 0 WHERE bucket_id = ? AND key = ? AND is_listed = 1");
  const list = database.prepare("UPDATE s3_object SET is_listed = 1 WHERE id = ?");
  const nextId = database.prepare("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 's3_object' RETURNING seq");
  const versioning = database.prepare("SELECT versioning FROM s3_bucket WHERE id = ?");
  const orNothing = (row: Row | undefined): ObjectRow | undefined => (row === undefined ? undefined : toObject(row));
  return {
    newest: (bucketId, key) => orNothing(newest.get(bucketId, key)),
    named: (bucketId, key, versionId) => orNothing(named.get(bucketId, key, versionId)),
    insert: (bucketId, { key, versionId, isDeleteMarker, size, etag, lastModifiedMs, meta, tags }) =>
      Number(
        insert.run(bucketId, key, versionId, Number(isDeleteMarker), Number(!isDeleteMarker), size, etag, lastModifiedMs, meta, tags)
          .lastInsertRowid,
      ),
    delete: (id) => void remove.run(id),
    unlist: (bucketId, key) => void unlist.run(bucketId, key),
    list: (id) => void list.run(id),
    nextId: () => nextId.get()?.["seq"] as number,
    versioningOf: (bucketId) => versioning.get(bucketId)?.["versioning"] as string | undefined,
  };
}

interface Contents {
  read(id: number): ObjectContent;
  insert(id: number, content: ObjectContent): void;
  delete(id: number, freed: string[]): void;
}

function contentsOf(database: DatabaseSync, files: Files): Contents {
  const find = database.prepare("SELECT segments, inline FROM s3_content WHERE object_id = ?");
  const insert = database.prepare("INSERT INTO s3_content (object_id, segments, inline) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM s3_content WHERE object_id = ? RETURNING segments");
  return {
    read(id) {
      const row = find.get(id);
      const segments = row?.["segments"] as string | null | undefined;
      return segments ? { segments: JSON.parse(segments) as Segment[] } : { inline: (row?.["inline"] ?? new Uint8Array()) as Uint8Array };
    },
    insert: (id, content) =>
      void ("inline" in content ? insert.run(id, null, content.inline) : insert.run(id, JSON.stringify(content.segments), null)),
    delete(id, freed) {
      const segments = remove.get(id)?.["segments"] as string | null | undefined;
      if (segments) files.release(JSON.parse(segments) as Segment[], freed);
    },
  };
}

/** The versions of a database. */
export function versionsOf(database: DatabaseSync, files: Files): Versions {
  const rows = versionRows(database);
  const contents = contentsOf(database, files);

  const drop = (row: ObjectRow, freed: string[]): void => {
    rows.delete(row.id);
    contents.delete(row.id, freed);
  };
  /** Puts a version in front of the others of its key. There is one null version at most. */
  const add = (bucketId: number, object: Omit<ObjectRow, "id">, freed: string[]): number => {
    const replaced = object.versionId === nullVersion ? rows.named(bucketId, object.key, nullVersion) : undefined;
    if (replaced !== undefined) drop(replaced, freed);
    rows.unlist(bucketId, object.key);
    return rows.insert(bucketId, object);
  };
  return {
    find: (bucketId, key, versionId) => (versionId === undefined ? rows.newest(bucketId, key) : rows.named(bucketId, key, versionId)),
    content: (id) => contents.read(id),
    put(bucketId, { content, isShared, condition, versionId, uploadId, notices: _notices, changedAtMs: _at, ...object }, freed) {
      const versioning = rows.versioningOf(bucketId);
      if (versioning === undefined) return { outcome: "no-bucket" };
      const broken = condition && brokenCondition(condition, rows.newest(bucketId, object.key));
      if (broken !== undefined) return { outcome: broken };
      if ("segments" in content) {
        // A part may have been replaced since it was looked at.
        if (!isShared && uploadId === undefined) files.use(content.segments);
        else if (!files.share(content.segments)) return { outcome: "source-gone" };
      }
      const given = versioning === "Enabled" ? versionId : nullVersion;
      const id = add(bucketId, { ...object, versionId: given, isDeleteMarker: false }, freed);
      contents.insert(id, content);
      return { outcome: "done", id, versionId: given, freed };
    },
    remove: remover(rows, { add, drop }),
  };
}

type Condition = NonNullable<NewObject["condition"]>;

function brokenCondition(
  { ifNoneMatch, ifMatch }: Condition,
  newest: ObjectRow | undefined,
): "precondition-failed" | "no-such-key" | undefined {
  const current = newest?.isDeleteMarker ? undefined : newest;
  if (ifNoneMatch && current !== undefined) return "precondition-failed";
  if (ifMatch === undefined) return undefined;
  if (current === undefined) return "no-such-key";
  return ifMatch === "*" || ifMatch === current.etag ? undefined : "precondition-failed";
}

interface Changes {
  add(bucketId: number, object: Omit<ObjectRow, "id">, freed: string[]): number;
  drop(row: ObjectRow, freed: string[]): void;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
function remover(rows: VersionRows, { add, drop }: Changes): Versions["remove"] {
  return (bucketId, { key, versionId, newVersionId, nowMs, ifMatch, notices }, freed) => {
    const newest = rows.newest(bucketId, key);
    const broken = ifMatch === undefined ? undefined : brokenCondition({ ifMatch }, newest);
    if (broken !== undefined) return { outcome: broken };
    const versioning = rows.versioningOf(bucketId);
    if (versionId === undefined && versioning) {
      const marker = { key, isDeleteMarker: true, size: 0, etag: "", lastModifiedMs: nowMs, meta: "{}", tags: "{}" };
      const given = versioning === "Enabled" ? newVersionId : nullVersion;
      const id = add(bucketId, { ...marker, versionId: given }, freed);
      return { outcome: "done", versionId: given, isDeleteMarker: true, changeId: notices && id };
    }
    const found = rows.named(bucketId, key, versionId ?? nullVersion);
    if (found === undefined) return { outcome: "done", ...(versionId !== undefined && { versionId }) };
    drop(found, freed);
    const next = found.id === newest?.id ? rows.newest(bucketId, key) : undefined;
    if (next !== undefined && !next.isDeleteMarker) rows.list(next.id);
    const changeId = notices && rows.nextId();
    if (versionId === undefined) return { outcome: "done", changeId };
    return { outcome: "done", versionId, ...(found.isDeleteMarker && { isDeleteMarker: true }), changeId };
  };
}
