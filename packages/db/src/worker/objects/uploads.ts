import type { DatabaseSync } from "node:sqlite";
import type { PartRow, Segment, UploadRow } from "../../object-types.ts";
import type { HotMethod } from "../hot-store.ts";
import type { Files } from "./files.ts";

type Row = Readonly<Record<string, unknown>>;

export const uploadColumns = "id, key, started_at, meta, tags";

/** A row as it is told. */
export const toUpload = (row: Row): UploadRow => ({
  id: row["id"] as string,
  key: row["key"] as string,
  startedAtMs: row["started_at"] as number,
  meta: row["meta"] as string,
  tags: row["tags"] as string,
});

const toPart = (row: Row): PartRow => ({
  number: row["number"] as number,
  size: row["size"] as number,
  etag: row["etag"] as string,
  lastModifiedMs: row["last_modified"] as number,
  meta: row["meta"] as string,
  segments: JSON.parse(row["segments"] as string) as Segment[],
});

/** Multipart uploads under way. */
export interface Uploads {
  exists(id: string): boolean;
  /** With all its parts. */
  remove(id: string, freed: string[]): void;
  removeOfBucket(bucketId: number, freed: string[]): void;
  readonly methods: Record<string, HotMethod>;
}

/** The uploads of a database. */
export function uploadsOf(database: DatabaseSync, files: Files): Uploads {
  const insert = database.prepare(
    "INSERT INTO s3_upload (id, bucket_id, key, started_at, meta, tags) SELECT ?, id, ?, ?, ?, ? FROM s3_bucket WHERE id = ?",
  );
  const find = database.prepare(`SELECT ${uploadColumns} FROM s3_upload WHERE bucket_id = ? AND key = ? AND id = ?`);
  const known = database.prepare("SELECT 1 FROM s3_upload WHERE id = ?");
  const ofBucket = database.prepare("SELECT id FROM s3_upload WHERE bucket_id = ?");
  const remove = database.prepare("DELETE FROM s3_upload WHERE id = ?");
  const partSegments = database.prepare("SELECT segments FROM s3_part WHERE upload_id = ? AND number = ?");
  const allSegments = database.prepare("DELETE FROM s3_part WHERE upload_id = ? RETURNING segments");
  const putPart = database.prepare("INSERT OR REPLACE INTO s3_part VALUES (?, ?, ?, ?, ?, ?, ?)");
  const parts = database.prepare(
    "SELECT number, size, etag, last_modified, meta, segments FROM s3_part WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?",
  );
  const release = (row: Row | undefined, freed: string[]): void => {
    if (row !== undefined) files.release(JSON.parse(row["segments"] as string) as Segment[], freed);
  };
  const removeUpload = (id: string, freed: string[]): void => {
    for (const row of allSegments.all(id)) release(row, freed);
    remove.run(id);
  };
  return {
    exists: (id) => known.get(id) !== undefined,
    remove: removeUpload,
    removeOfBucket(bucketId, freed) {
      for (const row of ofBucket.all(bucketId)) removeUpload(row["id"] as string, freed);
    },
    methods: {
      createUpload: {
        mode: "write",
        run: (bucketId: number, { id, key, startedAtMs, meta, tags }: UploadRow) =>
          insert.run(id, key, startedAtMs, meta, tags, bucketId).changes === 1,
      },
      upload: {
        mode: "read",
        run: (bucketId: number, key: string, id: string) => {
          const row = find.get(bucketId, key, id);
          return row && toUpload(row);
        },
      },
      putPart: {
        mode: "write",
        run: (uploadId: string, { number, size, etag, lastModifiedMs, meta, segments }: PartRow) => {
          if (known.get(uploadId) === undefined) return undefined;
          const freed: string[] = [];
          release(partSegments.get(uploadId, number), freed);
          files.use(segments);
          putPart.run(uploadId, number, size, etag, lastModifiedMs, meta, JSON.stringify(segments));
          return freed;
        },
      },
      parts: { mode: "read", run: (uploadId: string, after: number, limit: number) => parts.all(uploadId, after, limit).map(toPart) },
      removeUpload: {
        mode: "write",
        run: (bucketId: number, key: string, id: string) => {
          if (find.get(bucketId, key, id) === undefined) return undefined;
          const freed: string[] = [];
          removeUpload(id, freed);
          return freed;
        },
      },
    },
  };
}
