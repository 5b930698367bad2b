import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { ListedVersion, ObjectListQuery, ObjectRow, UploadRow, VersionListQuery } from "../../object-types.ts";
import type { HotMethod } from "../hot-store.ts";
import { toUpload, uploadColumns } from "./uploads.ts";
import { objectColumns, toObject } from "./versions.ts";
import { walk, type Start } from "./walk.ts";

/** The methods of ObjectStore that list. */
export function listMethods(database: DatabaseSync): Record<string, HotMethod> {
  return {
    list: { mode: "read", run: objectLister(database) },
    listVersions: { mode: "read", run: versionLister(database) },
    listUploads: { mode: "read", run: uploadLister(database) },
  };
}

function* rowsOf<Item>(
  statement: StatementSync,
  values: readonly SQLInputValue[],
  read: (row: Record<string, unknown>) => Item,
): Iterable<Item> {
  for (const row of statement.iterate(...values)) yield read(row);
}

function objectLister(database: DatabaseSync) {
  const select = `SELECT ${objectColumns} FROM s3_object WHERE bucket_id = ? AND is_listed = 1 AND key`;
  const from = database.prepare(`${select} >= ? ORDER BY key`);
  const after = database.prepare(`${select} > ? ORDER BY key`);
  return (bucketId: number, query: ObjectListQuery) =>
    walk<ObjectRow>(query, ({ key, isInclusive }) => rowsOf(isInclusive ? from : after, [bucketId, key], toObject));
}

function versionLister(database: DatabaseSync) {
  const select = `SELECT ${objectColumns} FROM s3_object WHERE bucket_id = ? AND key`;
  const from = database.prepare(`${select} >= ? ORDER BY key, id DESC`);
  const after = database.prepare(`${select} > ? ORDER BY key, id DESC`);
  const older = database.prepare(`${select} = ? AND id < ? ORDER BY id DESC`);
  const named = database.prepare("SELECT id FROM s3_object WHERE bucket_id = ? AND key = ? AND version_id = ?");

  function* scan(bucketId: number, { key, isInclusive }: Start, olderThan: number | undefined): Iterable<ListedVersion> {
    if (olderThan !== undefined) yield* rowsOf(older, [bucketId, key, olderThan], (row) => ({ ...toObject(row), isLatest: false }));
    let keyBefore: string | undefined;
    for (const object of rowsOf(isInclusive ? from : after, [bucketId, key], toObject)) {
      yield { ...object, isLatest: object.key !== keyBefore };
      keyBefore = object.key;
    }
  }
  return (bucketId: number, query: VersionListQuery) => {
    const { after: key, afterVersionId } = query;
    const marker = afterVersionId === undefined ? undefined : named.get(bucketId, key, afterVersionId);
    // Who removes a page's versions before he asks for the next page names one that is gone: what is left of its key comes whole.
    const isGone = afterVersionId !== undefined && marker === undefined;
    return walk<ListedVersion>(query, (start) => {
      if (start.key !== key || start.isInclusive) return scan(bucketId, start, undefined);
      return isGone ? scan(bucketId, { key, isInclusive: true }, undefined) : scan(bucketId, start, marker?.["id"] as number | undefined);
    });
  };
}

function uploadLister(database: DatabaseSync) {
  const select = `SELECT ${uploadColumns} FROM s3_upload WHERE bucket_id = ? AND`;
  const from = database.prepare(`${select} key >= ? ORDER BY key, id`);
  const after = database.prepare(`${select} (key, id) > (?, ?) ORDER BY key, id`);
  return (bucketId: number, query: ObjectListQuery & { afterUploadId: string }) =>
    walk<UploadRow>(query, ({ key, isInclusive }) =>
      isInclusive
        ? rowsOf(from, [bucketId, key], toUpload)
        : rowsOf(after, [bucketId, key, query.afterUploadId === "" ? "\u{10ffff}" : query.afterUploadId], toUpload),
    );
}
