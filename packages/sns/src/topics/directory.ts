import { RowNotFound, type Database, type Models } from "@mayfly/db";
import { createLRU } from "lru.min";
import { topicDoesNotExist } from "../faults.ts";
import { limits } from "../limits.ts";
import type { SnsGiven } from "../resources.ts";
import { subscriptionOf, type SubscriptionRow } from "../subscriptions/rows.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import { defaultPolicy } from "./default-policy.ts";
import { topicArn, type Scope, type Topic, type TopicKey } from "./topic.ts";
import { createTopicCache, type TopicCache } from "./topic-cache.ts";

/** A topic as its row has it. */
type TopicRow = NonNullable<Awaited<ReturnType<Models["snsTopic"]["findUnique"]>>>;

/** What of a topic changes. */
type TopicChange = Partial<Pick<Topic, "attributes" | "tags" | "dataProtectionPolicy">>;

/** What a new topic is. */
type NewTopic = TopicKey & Pick<Topic, "attributes" | "tags" | "dataProtectionPolicy" | "createdAtMs">;

/** What a new subscription is. */
type NewSubscription = Omit<SubscriptionRow, "id" | "endedAtMs">;

/** What of a subscription changes. */
type SubscriptionChange = Partial<Pick<SubscriptionRow, "attributes" | "isConfirmed" | "isAuthenticated" | "token" | "createdAtMs">>;

/** Topics with their subscriptions: rows of the database, held in memory once they were asked for. Changes of one topic must not overlap. */
export interface TopicDirectory {
  /** A topic that is in memory. */
  peek(key: TopicKey): Topic | undefined;
  find(key: TopicKey): Promise<Topic | undefined>;
  /** @throws Fault NotFound */
  get(key: TopicKey): Promise<Topic>;
  create(topic: NewTopic): Promise<Topic>;
  /** @throws Fault NotFound */
  change(topic: Topic, change: TopicChange): Promise<Topic>;
  /** With its subscriptions. */
  remove(topic: Topic): Promise<void>;
  /** By name, those after `after`. */
  list(scope: Scope, wanted: { after: string | undefined; limit: number }): Promise<readonly TopicKey[]>;
  addSubscription(topic: Topic, subscription: NewSubscription): Promise<Subscription>;
  changeSubscription(topic: Topic, subscription: Subscription, change: SubscriptionChange): Promise<Subscription>;
  /** Ends a subscription. @param restore the token with which it can be had again, and when it was ended */
  endSubscription(topic: Topic, subscription: Subscription, restore?: { token: string; endedAtMs: number }): Promise<void>;
  /** One of the last that ended since the server started. */
  ended(id: number): Pick<Subscription, "subscriptionArn" | "endpoint"> | undefined;
  /** One that was ended and may be had again with this token. */
  findEnded(topic: Topic, token: string): Promise<{ subscription: Subscription; endedAtMs: number } | undefined>;
  restoreSubscription(topic: Topic, subscription: Subscription): Promise<Subscription>;
  /** Removes a topic's subscriptions that nobody can confirm or restore any more. */
  removeStale(key: TopicKey, beforeMs: number): Promise<void>;
  /** The ARNs of topics that have such subscriptions. */
  staleTopics(beforeMs: number): Promise<readonly string[]>;
  /** An account's subscriptions in the order in which they were made, those after `after`. */
  listSubscriptions(scope: Scope, wanted: { after: number | undefined; limit: number }): Promise<readonly Subscription[]>;
}

/** The directory over a database. */
export function createTopicDirectory({ db, readPolicy }: Pick<SnsGiven, "db" | "readPolicy">): TopicDirectory {
  const cache = createTopicCache();
  const ended: Ended = createLRU({ max: limits.rememberedEndCount });
  const toTopic = (row: TopicRow, subscriptions: readonly Subscription[]): Topic => topicOf(row, subscriptions, readPolicy);
  const find: TopicDirectory["find"] = async (key) =>
    cache.get(key) ??
    cache.read(async () => {
      const row = await db.models.snsTopic.findUnique({ where: whereTopic(key) });
      if (row === null) return undefined;
      const where = { topicId: row.id, endedAtMs: null };
      const rows = await db.models.snsSubscription.findMany({ where, orderBy: { id: "asc" } });
      return toTopic(row, rows.map(subscriptionOf));
    });
  return {
    peek: (key) => cache.get(key),
    find,
    async get(key) {
      const topic = await find(key);
      if (topic === undefined) throw topicDoesNotExist();
      return topic;
    },
    ...topicChanges(db, cache, ended, toTopic),
    ...subscriptionChanges(db, cache, ended),
    ended: (id) => ended.get(id),
    async list({ accountId, region }, { after, limit }) {
      const where = { accountId, region, ...(after !== undefined && { topicName: { gt: after } }) };
      return db.models.snsTopic.findMany({ where, orderBy: { topicName: "asc" }, take: limit });
    },
    async removeStale(key, beforeMs) {
      await db.models.snsSubscription.deleteMany({ where: { topicArn: topicArn(key), ...staleSince(beforeMs) } });
      cache.forget(key);
    },
    async staleTopics(beforeMs) {
      const rows = await db.models.snsSubscription.findMany({ where: staleSince(beforeMs), select: { topicArn: true } });
      return [...new Set(rows.map(({ topicArn }) => topicArn))];
    },
    async listSubscriptions({ accountId, region }, { after, limit }) {
      const where = { ownerId: accountId, region, endedAtMs: null, ...(after !== undefined && { id: { gt: after } }) };
      const rows = await db.models.snsSubscription.findMany({ where, orderBy: { id: "asc" }, take: limit });
      return rows.map(subscriptionOf);
    },
  };
}

const staleSince = (beforeMs: number) => ({
  OR: [{ isConfirmed: false, createdAtMs: { lt: beforeMs } }, { endedAtMs: { lt: beforeMs } }],
});

const whereTopic = ({ accountId, region, topicName }: TopicKey) => ({
  accountId_region_topicName: { accountId, region, topicName },
});

function topicOf(row: TopicRow, subscriptions: readonly Subscription[], readPolicy: SnsGiven["readPolicy"]): Topic {
  const { id, accountId, region, topicName, createdAtMs, deletedSubscriptionCount } = row;
  const key = { accountId, region, topicName };
  const attributes = JSON.parse(row.attributes) as Record<string, string>;
  return {
    ...key,
    id,
    topicArn: topicArn(key),
    isFifo: attributes["FifoTopic"] === "true",
    attributes,
    tags: JSON.parse(row.tags) as Record<string, string>,
    dataProtectionPolicy: row.dataProtectionPolicy ?? undefined,
    createdAtMs,
    deletedSubscriptionCount,
    policy: attributes["Policy"] === undefined ? defaultPolicy(key) : readPolicy(attributes["Policy"]),
    subscriptions,
  };
}

/** The last subscriptions that ended, by their ids. */
type Ended = ReturnType<typeof createLRU<number, Pick<Subscription, "subscriptionArn" | "endpoint">>>;

type ToTopic = (row: TopicRow, subscriptions: readonly Subscription[]) => Topic;

function topicChanges(
  db: Database,
  cache: TopicCache,
  ended: Ended,
  toTopic: ToTopic,
): Pick<TopicDirectory, "create" | "change" | "remove"> {
  return {
    async create({ accountId, region, topicName, attributes, tags, dataProtectionPolicy = null, createdAtMs }) {
      const data = {
        accountId,
        region,
        topicName,
        attributes: JSON.stringify(attributes),
        tags: JSON.stringify(tags),
        dataProtectionPolicy,
        createdAtMs,
        deletedSubscriptionCount: 0,
      };
      return cache.replace(toTopic(await db.models.snsTopic.create({ data }), []));
    },
    async change(topic, { attributes, tags, dataProtectionPolicy }) {
      const data = {
        ...(attributes !== undefined && { attributes: JSON.stringify(attributes) }),
        ...(tags !== undefined && { tags: JSON.stringify(tags) }),
        ...(dataProtectionPolicy !== undefined && { dataProtectionPolicy }),
      };
      try {
        return cache.replace(toTopic(await db.models.snsTopic.update({ where: { id: topic.id }, data }), topic.subscriptions));
      } catch (error) {
        throw error instanceof RowNotFound ? topicDoesNotExist() : error;
      }
    },
    async remove(topic) {
      for (const each of topic.subscriptions) ended.set(each.id, each);
      cache.forget(topic);
      await db.transaction((models) => [
        models.snsTopic.deleteMany({ where: { id: topic.id } }),
        models.snsSubscription.deleteMany({ where: { topicId: topic.id } }),
      ]);
      // Again: it may have been read in between.
      cache.forget(topic);
    },
  };
}

type SubscriptionChanges = Pick<
  TopicDirectory,
  "addSubscription" | "changeSubscription" | "endSubscription" | "findEnded" | "restoreSubscription"
>;

function subscriptionChanges(db: Database, cache: TopicCache, ended: Ended): SubscriptionChanges {
  const { snsSubscription } = db.models;
  const replaced = (topic: Topic, subscriptions: readonly Subscription[]): Topic => cache.replace({ ...topic, subscriptions });
  return {
    async addSubscription(topic, data) {
      const added = subscriptionOf(await snsSubscription.create({ data }));
      replaced(topic, [...topic.subscriptions, added]);
      return added;
    },
    async changeSubscription(topic, { id }, data) {
      const changed = subscriptionOf(await snsSubscription.update({ where: { id }, data }));
      replaced(
        topic,
        topic.subscriptions.map((each) => (each.id === id ? changed : each)),
      );
      return changed;
    },
    async endSubscription(topic, subscription, restore) {
      const { id } = subscription;
      await db.transaction((models) => [
        restore === undefined
          ? models.snsSubscription.deleteMany({ where: { id } })
          : models.snsSubscription.updateMany({ where: { id }, data: restore }),
        models.snsTopic.updateMany({ where: { id: topic.id }, data: { deletedSubscriptionCount: { increment: 1 } } }),
      ]);
      ended.set(id, subscription);
      const subscriptions = topic.subscriptions.filter((each) => each.id !== id);
      cache.replace({ ...topic, subscriptions, deletedSubscriptionCount: topic.deletedSubscriptionCount + 1 });
    },
    async findEnded(topic, token) {
      const row = await snsSubscription.findUnique({ where: { token } });
      if (row === null || row.endedAtMs === null || row.topicId !== topic.id) return undefined;
      return { subscription: subscriptionOf(row), endedAtMs: row.endedAtMs };
    },
    async restoreSubscription(topic, { id }) {
      const restored = subscriptionOf(await snsSubscription.update({ where: { id }, data: { endedAtMs: null } }));
      replaced(
        topic,
        [...topic.subscriptions, restored].sort((a, b) => a.id - b.id),
      );
      return restored;
    },
  };
}
