/** A bucket as it is kept. */
export interface BucketRow {
  /** Never used again: objects are kept under it. */
  readonly id: number;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly versioning: "" | "Enabled" | "Suspended";
  /** What else is set of it, opaque to the store: JSON. */
  readonly settings: string;
}

/** A piece of a file that is a piece of an object. */
export interface Segment {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
}

/** Where an object's bytes are: with its row, or in files. */
export type ObjectContent = { readonly inline: Uint8Array } | { readonly segments: readonly Segment[] };

/** What is kept of an object's version beside its bytes. */
export interface ObjectRow {
  /** Grows with the order of storing. */
  readonly id: number;
  readonly key: string;
  /** `null` where the bucket is not versioned. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  /** Opaque to the store: JSON. */
  readonly meta: string;
  /** JSON object. */
  readonly tags: string;
}

/** A version in a list. */
export interface ListedVersion extends ObjectRow {
  readonly isLatest: boolean;
}

/** Somebody is to be told of a change: written with it. */
export interface NewNotice {
  /** Who: an ARN. */
  readonly receiver: string;
  /** What, opaque to the store: JSON. */
  readonly content: string;
}

/** A notice whose time has come. */
export interface DueNotice extends NewNotice {
  readonly id: number;
  /** The object's id: grows with the order of changes of a key. */
  readonly objectId: number;
  /** `null` where the bucket is not versioned. */
  readonly versionId: string;
  readonly attempts: number;
  readonly changedAtMs: number;
}

/** What one is to be told now. */
export interface DueNotices {
  readonly deliveries: readonly DueNotice[];
  /** When the next one after them is due, if nothing changes. */
  readonly nextAtMs: number | undefined;
}

/** An object to be stored. */
export interface NewObject extends Omit<ObjectRow, "id" | "isDeleteMarker"> {
  /** What `versionId` is given to if the bucket is versioned. */
  readonly content: ObjectContent;
  /** The files are an object's already. */
  readonly isShared?: boolean;
  /** Is over when the object is there. */
  readonly uploadId?: string;
  readonly condition?: PutCondition;
  readonly notices?: readonly NewNotice[];
  /** When, to the millisecond. */
  readonly changedAtMs: number;
}

/** What must be true of what is there. `ifMatch`: the ETag, `*` of anything. */
export interface PutCondition {
  readonly ifNoneMatch?: boolean;
  readonly ifMatch?: string;
}

/** What became of a put. */
export type PutOutcome =
  | { readonly outcome: "done"; readonly id: number; readonly versionId: string; readonly freed: readonly string[] }
  | { readonly outcome: "no-bucket" | "no-upload" | "precondition-failed" | "no-such-key" | "source-gone" };

/** An object to be deleted: one version, or what is there by that key. */
export interface Removal {
  readonly key: string;
  readonly versionId: string | undefined;
  /** Of the delete marker, if there is to be one. */
  readonly newVersionId: string;
  readonly nowMs: number;
  readonly ifMatch?: string;
  /** If a version goes, and if a delete marker is made. */
  readonly notices?: { readonly removed: readonly NewNotice[]; readonly marked: readonly NewNotice[] };
}

/** What became of it. */
export interface RemovalOutcome {
  readonly outcome: "done" | "precondition-failed" | "no-such-key";
  /** Of the version that is gone, or of the marker that was made. */
  readonly versionId?: string;
  readonly isDeleteMarker?: boolean;
  /** True if something was removed or made, of which somebody may be told. */
  readonly isChanged?: boolean;
}

/** What part of a list is asked for. */
export interface ObjectListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Names after it. */
  readonly after: string;
  readonly count: number;
}

/** Part of a list, in the order of the keys' UTF-8 bytes. */
export interface ListedPage<Item> {
  readonly items: readonly Item[];
  readonly prefixes: readonly string[];
  /** There is more, after `last`, which is an item's key or a prefix. */
  readonly isTruncated: boolean;
  readonly last: string;
}

/** A list of versions begins after a version of a key. */
export interface VersionListQuery extends ObjectListQuery {
  /** Of `after`: versions of that key that are older come first. */
  readonly afterVersionId: string | undefined;
}

/** A multipart upload under way. */
export interface UploadRow {
  readonly id: string;
  readonly key: string;
  readonly startedAtMs: number;
  readonly meta: string;
  readonly tags: string;
}

/** A part of an upload. */
export interface PartRow {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModifiedMs: number;
  /** JSON: what checksums it has. */
  readonly meta: string;
  readonly segments: readonly Segment[];
}

/** Buckets and objects. Each method is one write in the shared transaction: what was answered is on disk, and a condition holds when the write is made. */
export interface ObjectStore {
  buckets(): Promise<readonly BucketRow[]>;
  /** Its id; undefined if there is one of that name. */
  createBucket(bucket: Omit<BucketRow, "id">): Promise<number | undefined>;
  changeBucket(id: number, change: Partial<Pick<BucketRow, "versioning" | "settings">>): Promise<void>;
  /** Undefined if it holds anything; else the files that nobody needs any more. */
  removeBucket(id: number): Promise<readonly string[] | undefined>;
  put(bucketId: number, object: NewObject): Promise<PutOutcome>;
  /** @param versionId the newest if undefined */
  find(bucketId: number, key: string, versionId: string | undefined): Promise<ObjectRow | undefined>;
  /** The same with its bytes. */
  read(bucketId: number, key: string, versionId: string | undefined): Promise<(ObjectRow & { content: ObjectContent }) | undefined>;
  remove(bucketId: number, removals: readonly Removal[]): Promise<{ outcomes: readonly RemovalOutcome[]; freed: readonly string[] }>;
  setTags(id: number, tags: string, notices: readonly NewNotice[], nowMs: number): Promise<boolean>;
  /** Who is to be told of anything, and since when or from when on. */
  pendingNotices(): Promise<readonly { readonly receiver: string; readonly dueAtMs: number }[]>;
  /** What one is to be told at a time, in order: at most `limit`, besides what is under way. */
  dueNotices(receiver: string, nowMs: number, limit: number, underWay: readonly number[]): Promise<DueNotices>;
  finishNotice(id: number): Promise<void>;
  /** After a failure. */
  postponeNotice(id: number, attempts: number, dueAtMs: number): Promise<void>;
  list(bucketId: number, query: ObjectListQuery): Promise<ListedPage<ObjectRow>>;
  listVersions(bucketId: number, query: VersionListQuery): Promise<ListedPage<ListedVersion>>;
  /** False if there is no such bucket any more. */
  createUpload(bucketId: number, upload: UploadRow): Promise<boolean>;
  upload(bucketId: number, key: string, id: string): Promise<UploadRow | undefined>;
  /** Undefined if there is no such upload; else the files that nobody needs any more. */
  putPart(uploadId: string, part: PartRow): Promise<readonly string[] | undefined>;
  parts(uploadId: string, after: number, limit: number): Promise<readonly PartRow[]>;
  /** Undefined if there is no such upload; else the files that nobody needs any more. */
  removeUpload(bucketId: number, key: string, id: string): Promise<readonly string[] | undefined>;
  listUploads(bucketId: number, query: ObjectListQuery & { afterUploadId: string }): Promise<ListedPage<UploadRow>>;
  /** Those of the files that nothing speaks of. */
  unknownFiles(files: readonly string[]): Promise<readonly string[]>;
}
