import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HotStoreName } from "./worker/hot-store.ts";
import { createBlobStore } from "./blob-store.ts";
import { unusable } from "./errors.ts";
import type { ModelCall } from "./messages.ts";
import { startWorker, type DatabaseThread } from "./database-thread.ts";
import { createObjectFiles } from "./object-files.ts";
import type { ObjectStore } from "./object-types.ts";
import type { QueueMessageStore } from "./queue-types.ts";
import type { TopicDeliveryStore } from "./topic-types.ts";
import type { AsyncEventStore, Database, LogEventStore, Models, TrailEventStore } from "./types.ts";

/** How a database is opened. */
export interface OpenDatabaseOptions {
  /** The data folder; made if it is not there. */
  readonly folder: string;
  /** Default: the repository's prisma/migrations. */
  readonly migrationsFolder?: string;
  /** The folder is gone at the end anyway: nothing has to survive a loss of power. */
  readonly ephemeral?: boolean;
  /** Takes a line about a migration under way. */
  readonly onProgress?: (line: string) => void;
}

const queueMessageMethodNames: readonly (keyof QueueMessageStore)[] = [
  "send",
  "receive",
  "remove",
  "changeVisibility",
  "changeDelay",
  "counts",
  "lastId",
  "removeUpTo",
  "expire",
  "forgetRepetitions",
  "queueIds",
  "movable",
  "move",
  "putMoveTask",
  "endMoveTask",
  "moveTasks",
  "moveTask",
  "runningMoveTasks",
];

const topicDeliveryMethodNames: readonly (keyof TopicDeliveryStore)[] = [
  "accept",
  "pending",
  "due",
  "finish",
  "postpone",
  "deliverMail",
  "mails",
  "forgetRepetitions",
];

const objectMethodNames: readonly (keyof ObjectStore)[] = [
  "buckets",
  "createBucket",
  "changeBucket",
  "removeBucket",
  "put",
  "find",
  "read",
  "remove",
  "setTags",
  "list",
  "listVersions",
  "createUpload",
  "upload",
  "putPart",
  "parts",
  "removeUpload",
  "listUploads",
  "pendingNotices",
  "dueNotices",
  "finishNotice",
  "postponeNotice",
  "unknownFiles",
];

const repositoryMigrations = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

/**
 * Opens the data folder's database, migrating it where it is older than this Mayfly.
 * @throws DataFolderLocked, DataFolderTooNew, DataFolderUnusable
 */
export async function openDatabase({
  folder,
  ephemeral = false,
  migrationsFolder = repositoryMigrations,
  onProgress = () => {},
}: OpenDatabaseOptions): Promise<Database> {
  try {
    makeFolder(folder);
    chmodSync(folder, 0o700);
  } catch (error) {
    throw unusable(folder, error);
  }
  const thread = await startWorker({ folder, migrationsFolder, synchronous: ephemeral ? "OFF" : "FULL" }, onProgress);
  const objectFiles = createObjectFiles(join(folder, "objects"), !ephemeral);
  const blobFolder = join(folder, "code");
  return {
    models: modelsOver((call) => thread.ask({ kind: "model", call })),
    transaction: (record) => transaction(thread, record) as never,
    logEvents: hotStore<LogEventStore>(thread, "logEvents", ["append", "read", "summary", "summaries", "remove", "expire"]),
    asyncEvents: hotStore<AsyncEventStore>(thread, "asyncEvents", ["put", "list", "reschedule", "remove"]),
    queueMessages: hotStore<QueueMessageStore>(thread, "queueMessages", queueMessageMethodNames),
    topicDeliveries: hotStore<TopicDeliveryStore>(thread, "topicDeliveries", topicDeliveryMethodNames),
    objects: hotStore<ObjectStore>(thread, "objects", objectMethodNames),
    objectFiles,
    trailEvents: hotStore<TrailEventStore>(thread, "trailEvents", ["save", "expire", "list"]),
    blobs: createBlobStore(blobFolder),
    async reset() {
      await thread.ask({ kind: "reset" });
      await rm(blobFolder, { recursive: true, force: true });
      await objectFiles.removeAll();
    },
    async copyTo(target) {
      await thread.ask({ kind: "copyTo", folder: target });
    },
    close: () => thread.close(),
  };
}

/** One folder at a time: Node's recursive mkdir hides why it failed, or never ends where nothing can be made (/proc). */
function makeFolder(folder: string): void {
  // Asking for what lies inside is refused where the path is a file's.
  if (existsSync(folder)) return void statSync(`${folder}/`);
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Delegates that hand each call on: `models.role.create(args)` becomes `{model: "role", method: "create", args}`. */
function modelsOver(run: (call: ModelCall) => PromiseLike<unknown>): Models {
  return new Proxy({} as Models, {
    get: (_target, model) =>
      new Proxy({}, { get: (_delegate, method) => (args?: unknown) => run({ model: String(model), method: String(method), args }) }),
  });
}

async function transaction(thread: DatabaseThread, record: (models: Models) => unknown): Promise<unknown> {
  const calls: ModelCall[] = [];
  // The recorded "promises" are never awaited: they only stand for results that come all at once.
  record(modelsOver((call) => (calls.push(call), Promise.resolve())));
  return calls.length === 0 ? [] : thread.ask({ kind: "transaction", calls });
}

function hotStore<Store>(thread: DatabaseThread, store: HotStoreName, methods: readonly (keyof Store & string)[]): Store {
  const entries = methods.map((method) => [method, (...args: unknown[]) => thread.ask({ kind: "hot", store, method, args })]);
  return Object.fromEntries(entries) as Store;
}
