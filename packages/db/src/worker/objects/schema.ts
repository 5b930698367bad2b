/**
 * A version's row is apart from its bytes: a list reads rows only. `s3_object_listed` has the objects that a list shows, in the order of their keys' bytes:
 * the newest version of each key, unless that is a delete marker. `s3_object_version` has all versions; of one key the newest has the greatest id.
 * A file belongs to as many contents and parts as its row counts. `s3_notice` has who is to be told of changes, until he was.
 */
export const objectSchema = `
CREATE TABLE IF NOT EXISTS s3_bucket (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  created_at REAL NOT NULL,
  versioning TEXT NOT NULL,
  settings TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS s3_object (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  version_id TEXT NOT NULL,
  is_delete_marker INTEGER NOT NULL,
  is_listed INTEGER NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT NOT NULL,
  last_modified REAL NOT NULL,
  meta TEXT NOT NULL,
  tags TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS s3_object_version ON s3_object (bucket_id, key, id DESC);
CREATE INDEX IF NOT EXISTS s3_object_listed ON s3_object (bucket_id, key) WHERE is_listed = 1;
CREATE TABLE IF NOT EXISTS s3_content (
  object_id INTEGER PRIMARY KEY,
  segments TEXT,
  inline BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS s3_file (
  name TEXT PRIMARY KEY NOT NULL,
  uses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS s3_upload (
  id TEXT PRIMARY KEY NOT NULL,
  bucket_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  started_at REAL NOT NULL,
  meta TEXT NOT NULL,
  tags TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS s3_upload_of_bucket ON s3_upload (bucket_id, key, id);
CREATE TABLE IF NOT EXISTS s3_part (
  upload_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT NOT NULL,
  last_modified REAL NOT NULL,
  meta TEXT NOT NULL,
  segments TEXT NOT NULL,
  PRIMARY KEY (upload_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS s3_notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  receiver TEXT NOT NULL,
  due_at REAL NOT NULL,
  attempts INTEGER NOT NULL,
  object_id INTEGER NOT NULL,
  version_id TEXT NOT NULL,
  changed_at REAL NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS s3_notice_due ON s3_notice (receiver, due_at, id);
`;

/** In the order in which they are emptied. */
export const objectTables = ["s3_object", "s3_content", "s3_file", "s3_upload", "s3_part", "s3_notice", "s3_bucket"] as const;
