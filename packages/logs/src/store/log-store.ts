import { UniqueViolation, type Database, type LogEventRow, type LogStreamKey } from "@mayfly/db";
import { groupExists, groupNotFound, streamExists, streamNotFound } from "../faults.ts";
import { limits } from "../limits.ts";
import type { TailHub } from "../live-tail/tail-hub.ts";
import { BoundedMap } from "./bounded-map.ts";
import { createKeyLock } from "@mayfly/kernel";

/** Names a group. */
export type GroupKey = Omit<LogStreamKey, "logStreamName">;

/** A log group's own facts. */
export interface GroupRecord {
  readonly createdAtMs: number;
  readonly logGroupClass: string;
  readonly kmsKeyId: string | null;
  readonly retentionInDays: number | null;
  readonly deletionProtectionEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Groups and streams: written through to the database, and what exists is remembered, so that writing lines asks nobody. */
export interface LogStore {
  cachedGroup(key: GroupKey): GroupRecord | undefined;
  findGroup(key: GroupKey): Promise<GroupRecord | undefined>;
  /** @throws ResourceNotFoundException */
  group(key: GroupKey): Promise<GroupRecord>;
  /** @throws ResourceAlreadyExistsException */
  createGroup(key: GroupKey, record: GroupRecord): Promise<void>;
  /** @throws ResourceNotFoundException */
  changeGroup(key: GroupKey, change: (record: GroupRecord) => Partial<GroupRecord>): Promise<void>;
  /** With its streams and lines. @throws ResourceNotFoundException, or what `check` throws */
  deleteGroup(key: GroupKey, check: (record: GroupRecord) => void): Promise<void>;
  /** @throws ResourceNotFoundException, ResourceAlreadyExistsException */
  createStream(key: LogStreamKey, createdAtMs: number): Promise<void>;
  /** @throws ResourceNotFoundException for the group or the stream */
  stream(key: LogStreamKey): Promise<GroupRecord>;
  /** With its lines. @throws ResourceNotFoundException */
  deleteStream(key: LogStreamKey): Promise<void>;
  /** Chooses lines by the group's record and stores them durably. @throws ResourceNotFoundException for the group or the stream */
  append<T>(key: LogStreamKey, choose: (group: GroupRecord) => { events: readonly LogEventRow[]; result: T }): Promise<T>;
}

/** What is known to exist. */
interface Cached {
  readonly record: GroupRecord;
  readonly streams: BoundedMap<true>;
}

const idOf = ({ accountId, region, logGroupName }: GroupKey): string => `${accountId}/${region}/${logGroupName}`;
const groupOf = ({ accountId, region, logGroupName }: GroupKey): GroupKey => ({ accountId, region, logGroupName });
const where = (key: GroupKey) => ({ accountId_region_logGroupName: groupOf(key) });
const streamWhere = (key: LogStreamKey) => ({
  accountId_region_logGroupName_logStreamName: { ...groupOf(key), logStreamName: key.logStreamName },
});

/** Answers from memory what it has seen before. To be called under the group's lock: a group that is being deleted must not be remembered anew. */
function loading(db: Database, known: BoundedMap<Cached>) {
  const { logGroup, logStream } = db.models;
  const load = async (key: GroupKey): Promise<Cached | undefined> => {
    const cached = known.get(idOf(key));
    if (cached !== undefined) return cached;
    const row = await logGroup.findUnique({ where: where(key) });
    if (row === null) return undefined;
    const loaded: Cached = {
      record: { ...row, tags: JSON.parse(row.tags) as Record<string, string> },
      streams: new BoundedMap(limits.streamCacheCount),
    };
    known.set(idOf(key), loaded);
    return loaded;
  };
  const mustLoad = async (key: GroupKey): Promise<Cached> => {
    const cached = await load(key);
    if (cached === undefined) throw groupNotFound();
    return cached;
  };
  const mustLoadStream = async (key: LogStreamKey): Promise<Cached> => {
    const cached = await mustLoad(key);
    if (cached.streams.get(key.logStreamName)) return cached;
    if ((await logStream.findUnique({ where: streamWhere(key) })) === null) throw streamNotFound();
    cached.streams.set(key.logStreamName, true);
    return cached;
  };
  return { load, mustLoad, mustLoadStream };
}

/** The store over a database. What it has stored it tells the hub. */
export function createLogStore(db: Database, hub: TailHub): LogStore {
  const { logGroup, logStream } = db.models;
  const known = new BoundedMap<Cached>(limits.groupCacheCount);
  const lock = createKeyLock();
  const { load, mustLoad, mustLoadStream } = loading(db, known);
  const locked = <T>(key: GroupKey, task: () => Promise<T>): Promise<T> => lock.run(idOf(key), task);

  return {
    cachedGroup: (key) => known.get(idOf(key))?.record,
    findGroup: (key) => locked(key, async () => (await load(key))?.record),
    group: async (key) => known.get(idOf(key))?.record ?? (await locked(key, () => mustLoad(key))).record,
    createGroup: (key, record) =>
      locked(key, () => create(logGroup.create({ data: { ...groupOf(key), ...record, tags: JSON.stringify(record.tags) } }), groupExists)),
    changeGroup: (key, change) =>
      locked(key, async () => {
        const cached = await mustLoad(key);
        const { tags, ...changed } = change(cached.record);
        await logGroup.update({ where: where(key), data: { ...changed, ...(tags && { tags: JSON.stringify(tags) }) } });
        known.set(idOf(key), { ...cached, record: { ...cached.record, ...changed, ...(tags && { tags }) } });
      }),
    deleteGroup: (key, check) =>
      locked(key, async () => {
        check((await mustLoad(key)).record);
        // Forgotten first: whoever appends after this line finds no group, whoever did before is removed with it.
        known.delete(idOf(key));
        await db.transaction((models) => [
          models.logStream.deleteMany({ where: groupOf(key) }),
          models.logGroup.delete({ where: where(key) }),
        ]);
        await db.logEvents.remove(groupOf(key));
      }),
    createStream: (key, createdAtMs) =>
      locked(key, async () => {
        const cached = await mustLoad(key);
        const data = { ...groupOf(key), logStreamName: key.logStreamName, createdAtMs };
        if (cached.streams.get(key.logStreamName)) throw streamExists();
        await create(logStream.create({ data }), streamExists);
        cached.streams.set(key.logStreamName, true);
      }),
    stream: async (key) => (await locked(key, () => mustLoadStream(key))).record,
    deleteStream: (key) =>
      locked(key, async () => {
        const cached = await mustLoadStream(key);
        cached.streams.delete(key.logStreamName);
        await logStream.delete({ where: streamWhere(key) });
        await db.logEvents.remove({ ...groupOf(key), logStreamName: key.logStreamName });
      }),
    async append(key, choose) {
      const cached = known.get(idOf(key));
      const write = async ({ record }: Cached) => {
        const { events, result } = choose(record);
        if (events.length === 0) return result;
        await db.logEvents.append(key, events);
        hub.publish(key, events);
        return result;
      };
      if (cached?.streams.get(key.logStreamName)) return write(cached);
      return locked(key, async () => write(await mustLoadStream(key)));
    },
  };
}

async function create(row: PromiseLike<unknown>, exists: () => Error): Promise<void> {
  try {
    await row;
  } catch (error) {
    throw error instanceof UniqueViolation ? exists() : error;
  }
}
