import type { PrismaClient } from "./generated/client.ts";
import type { ObjectFiles } from "./object-files.ts";
import type { ObjectStore } from "./object-types.ts";
import type { QueueMessageStore } from "./queue-types.ts";
import type { TopicDeliveryStore } from "./topic-types.ts";

/** Prisma's model delegates, e.g. `role`, `functionVersion`. */
export type ModelName = Extract<keyof PrismaClient, Uncapitalize<string>>;

/**
 * The models' delegates (`findUnique`, `findMany`, `create`, `update`, `delete`, `count`, `upsert`, `*Many`), run in the database's
 * own thread. Every call is one message there and back; what it writes is on disk when it resolves.
 */
export type Models = Pick<PrismaClient, ModelName>;

/** A log line to be kept. */
export interface LogEventRow {
  readonly timestampMs: number;
  readonly ingestionTimeMs: number;
  readonly message: string;
}

/** Where a log line belongs. */
export interface LogStreamKey {
  readonly accountId: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** A stored log line. `id` grows with order of storing within the whole table. */
export interface StoredLogEvent extends LogEventRow {
  readonly id: number;
  readonly logStreamName: string;
}

/** A range of a group's or stream's events. Times are epoch milliseconds; `fromMs` inclusive, `untilMs` exclusive. */
export interface LogEventQuery {
  readonly accountId: string;
  readonly region: string;
  readonly logGroupName: string;
  /** All streams of the group if absent. */
  readonly logStreamNames?: readonly string[];
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** Exclusive position to go on from, in the order asked for. */
  readonly after?: { readonly timestampMs: number; readonly id: number };
  readonly order: "ascending" | "descending";
  readonly limit: number;
  /** Stops before the lines' texts are longer than this in sum (UTF-8), but never before the first line. */
  readonly limitBytes?: number;
}

/** What a stream holds. `bytes` counts 26 a line on top of its UTF-8 length, as CloudWatch does. */
export interface LogStreamSummary {
  readonly logStreamName: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly lastIngestionMs: number;
  readonly bytes: number;
}

/** Log lines, stored by group commit. */
export interface LogEventStore {
  /** Resolves when the rows are on disk. */
  append(stream: LogStreamKey, events: readonly LogEventRow[]): Promise<void>;
  read(query: LogEventQuery): Promise<readonly StoredLogEvent[]>;
  /** First and last event's times, last ingestion and stored bytes (26 a line on top of its UTF-8 length, as CloudWatch counts). */
  summary(stream: LogStreamKey): Promise<{ firstMs: number; lastMs: number; lastIngestionMs: number; bytes: number } | undefined>;
  /** The same of every stream of a group that holds lines. */
  summaries(scope: Omit<LogStreamKey, "logStreamName">): Promise<readonly LogStreamSummary[]>;
  /** Removes a group's events, or only one stream's. */
  remove(scope: Omit<LogStreamKey, "logStreamName"> & { logStreamName?: string }): Promise<void>;
  /** Removes the group's events older than `beforeMs`. */
  expire(scope: Omit<LogStreamKey, "logStreamName">, beforeMs: number): Promise<void>;
}

/** An accepted asynchronous invocation. */
export interface AsyncEventRow {
  /** Request id that the caller was given. */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
  readonly qualifier: string;
  readonly invokedFunctionArn: string;
  readonly payload: Uint8Array;
  readonly clientContext: string | undefined;
  readonly traceId: string;
  readonly acceptedAtMs: number;
  readonly attempts: number;
  /** Those of them that the function ended with an error. */
  readonly failures: number;
  /** Not to be run before. */
  readonly dueAtMs: number;
}

/** Asynchronous events: durable before they are acknowledged, removed when done. */
export interface AsyncEventStore {
  /** Resolves when the event is on disk. */
  put(event: AsyncEventRow): Promise<void>;
  /** Every event there is, oldest first, `limit` at most, accepted after the given position. */
  list(after: { acceptedAtMs: number; id: string } | undefined, limit: number): Promise<readonly AsyncEventRow[]>;
  reschedule(id: string, next: Pick<AsyncEventRow, "attempts" | "failures" | "dueAtMs">): Promise<void>;
  remove(id: string): Promise<void>;
}

/** An event's way, opaque to the store. */
export interface TrailEventRow {
  readonly key: string;
  /** When something happened to it last. */
  readonly lastAtMs: number;
  readonly text: string;
}

/** The same as it is stored. */
export interface StoredTrailEvent extends TrailEventRow {
  readonly id: number;
}

/** What became of events, kept for whoever asks later. */
export interface TrailEventStore {
  /** Each row takes the place of the one with its key; those of the keys in `forgotten` go. */
  save(rows: readonly TrailEventRow[], forgotten: readonly string[]): Promise<void>;
  /** Removes those to which nothing has happened since. */
  expire(beforeMs: number): Promise<void>;
  /** In the order in which they were first saved, those after the given one; 0: from the first. */
  list(afterId: number, limit: number): Promise<readonly StoredTrailEvent[]>;
}

/** Content-addressed bytes on disk (function code). */
export interface BlobStore {
  /** Stores the bytes (fsync before it resolves) and answers their SHA-256 in hex. */
  put(bytes: Uint8Array): Promise<string>;
  /** Path of the stored file. It may be read, never written. */
  path(sha256Hex: string): string;
  has(sha256Hex: string): Promise<boolean>;
  remove(sha256Hex: string): Promise<void>;
}

/** All of Mayfly's state. */
export interface Database {
  readonly models: Models;
  /**
   * All or nothing: `db.transaction((models) => [models.role.create(...), models.rolePolicy.create(...)])`. The calls are only
   * recorded; their results come in order.
   */
  transaction<T extends readonly unknown[]>(
    record: (models: Models) => { [K in keyof T]: PromiseLike<T[K]> } | readonly PromiseLike<unknown>[],
  ): Promise<T>;
  readonly logEvents: LogEventStore;
  readonly asyncEvents: AsyncEventStore;
  readonly queueMessages: QueueMessageStore;
  readonly topicDeliveries: TopicDeliveryStore;
  readonly trailEvents: TrailEventStore;
  readonly objects: ObjectStore;
  readonly objectFiles: ObjectFiles;
  readonly blobs: BlobStore;
  /** Empties every table and the blob store. */
  reset(): Promise<void>;
  /** Writes a consistent copy of the databases into a folder (for backup). */
  copyTo(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** A row with that key exists. */
export class UniqueViolation extends Error {
  override readonly name = "UniqueViolation";
}

/** The row to be changed or removed is not there. */
export class RowNotFound extends Error {
  override readonly name = "RowNotFound";
}
