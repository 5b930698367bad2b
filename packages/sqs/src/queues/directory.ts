import { RowNotFound, type Database, type Models } from "@mayfly/db";
import { queueDoesNotExist } from "../faults.ts";
import type { SqsGiven } from "../resources.ts";
import { createQueueCache, type QueueCache } from "./queue-cache.ts";
import type { Attributes, Queue, QueueKey, Scope } from "./queue.ts";
import { readSettings } from "./settings.ts";

/** A queue as its row has it. */
type QueueRow = NonNullable<Awaited<ReturnType<Models["sqsQueue"]["findUnique"]>>>;

/** What of a queue changes. */
type QueueChange = Partial<Pick<Queue, "attributes" | "tags" | "lastModifiedMs" | "purgedAtMs">>;

/** Queues: rows of the database, held in memory once they were asked for. */
export interface QueueDirectory {
  /** A queue that is in memory. */
  peek(key: QueueKey): Queue | undefined;
  find(key: QueueKey): Promise<Queue | undefined>;
  findById(id: number): Promise<Queue | undefined>;
  /** @throws Fault QueueDoesNotExist */
  get(key: QueueKey): Promise<Queue>;
  create(queue: QueueKey & Required<Pick<Queue, "attributes" | "tags" | "createdAtMs">>): Promise<Queue>;
  /** @throws Fault QueueDoesNotExist */
  change(queue: Queue, change: QueueChange): Promise<Queue>;
  remove(queue: Queue, deletedAtMs: number): Promise<void>;
  /** By name, those after `after`. */
  list(scope: Scope, wanted: { prefix: string; after: string | undefined; limit: number }): Promise<readonly Queue[]>;
  /** By name, the queues that redrive to a queue. */
  sourcesOf(scope: Scope, deadLetterTargetArn: string, wanted: { after: string | undefined; limit: number }): Promise<readonly Queue[]>;
  /** When a queue of that name was last deleted. */
  deletedAtMs(key: QueueKey): Promise<number | undefined>;
}

const whereQueue = ({ accountId, region, queueName }: QueueKey) => ({
  accountId_region_queueName: { accountId, region, queueName },
});

/** The directory over a database. */
export function createQueueDirectory({ db, readPolicy }: Pick<SqsGiven, "db" | "readPolicy">): QueueDirectory {
  const cache = createQueueCache();
  const toQueue: ToQueue = (row) => queueOf(row, readPolicy);
  const read = (where: Parameters<Models["sqsQueue"]["findUnique"]>[0]["where"]): Promise<Queue | undefined> =>
    cache.read(async () => {
      const row = await db.models.sqsQueue.findUnique({ where });
      return row === null ? undefined : toQueue(row);
    });
  const find: QueueDirectory["find"] = async (key) => cache.byKey(key) ?? read(whereQueue(key));
  return {
    peek: (key) => cache.byKey(key),
    find,
    findById: async (id) => cache.byId(id) ?? read({ id }),
    async get(key) {
      const queue = await find(key);
      if (queue === undefined) throw queueDoesNotExist();
      return queue;
    },
    ...changesOver(db, cache, toQueue),
    ...listsOver(db, toQueue),
    async deletedAtMs(key) {
      const row = await db.models.sqsDeletedQueue.findUnique({ where: whereQueue(key) });
      return row?.deletedAtMs;
    },
  };
}

type ToQueue = (row: QueueRow) => Queue;

function queueOf(row: QueueRow, readPolicy: SqsGiven["readPolicy"]): Queue {
  const attributes = JSON.parse(row.attributes) as Record<string, string>;
  return {
    id: row.id,
    accountId: row.accountId,
    region: row.region,
    queueName: row.queueName,
    attributes,
    tags: JSON.parse(row.tags) as Record<string, string>,
    createdAtMs: row.createdAtMs,
    lastModifiedMs: row.lastModifiedMs,
    purgedAtMs: row.purgedAtMs ?? undefined,
    settings: readSettings(attributes),
    policy: attributes["Policy"] === undefined ? undefined : readPolicy(attributes["Policy"]),
  };
}

function changesOver(db: Database, cache: QueueCache, toQueue: ToQueue): Pick<QueueDirectory, "create" | "change" | "remove"> {
  return {
    async create({ accountId, region, queueName, attributes, tags, createdAtMs }) {
      const data = {
        accountId,
        region,
        queueName,
        attributes: JSON.stringify(attributes),
        deadLetterTargetArn: deadLetterTargetOf(attributes),
        tags: JSON.stringify(tags),
        createdAtMs,
        lastModifiedMs: createdAtMs,
      };
      return cache.replace(toQueue(await db.models.sqsQueue.create({ data })));
    },
    async change(queue, { attributes, tags, lastModifiedMs, purgedAtMs }) {
      const data = {
        ...(attributes !== undefined && {
          attributes: JSON.stringify(attributes),
          deadLetterTargetArn: deadLetterTargetOf(attributes),
        }),
        ...(tags !== undefined && { tags: JSON.stringify(tags) }),
        ...(lastModifiedMs !== undefined && { lastModifiedMs }),
        ...(purgedAtMs !== undefined && { purgedAtMs }),
      };
      try {
        return cache.replace(toQueue(await db.models.sqsQueue.update({ where: { id: queue.id }, data })));
      } catch (error) {
        throw error instanceof RowNotFound ? queueDoesNotExist() : error;
      }
    },
    async remove(queue, deletedAtMs) {
      const { accountId, region, queueName, id } = queue;
      cache.forget(queue);
      await db.transaction((models) => [
        models.sqsQueue.deleteMany({ where: { id } }),
        models.sqsDeletedQueue.upsert({
          where: whereQueue(queue),
          create: { accountId, region, queueName, deletedAtMs },
          update: { deletedAtMs },
        }),
      ]);
      // Again: it may have been read in between.
      cache.forget(queue);
    },
  };
}

const deadLetterTargetOf = (attributes: Attributes): string | null => readSettings(attributes).redrive?.deadLetterTargetArn ?? null;

function listsOver(db: Database, toQueue: ToQueue): Pick<QueueDirectory, "list" | "sourcesOf"> {
  return {
    async list({ accountId, region }, { prefix, after, limit }) {
      const rows = await db.models.sqsQueue.findMany({
        where: { accountId, region, queueName: { startsWith: prefix, ...(after !== undefined && { gt: after }) } },
        orderBy: { queueName: "asc" },
        take: limit,
      });
      return rows.map(toQueue);
    },
    async sourcesOf({ accountId, region }, deadLetterTargetArn, { after, limit }) {
      const rows = await db.models.sqsQueue.findMany({
        where: { accountId, region, deadLetterTargetArn, ...(after !== undefined && { queueName: { gt: after } }) },
        orderBy: { queueName: "asc" },
        take: limit,
      });
      return rows.map(toQueue);
    },
  };
}
