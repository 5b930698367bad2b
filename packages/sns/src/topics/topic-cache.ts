import { createLRU } from "lru.min";
import { limits } from "../limits.ts";
import type { Topic, TopicKey } from "./topic.ts";

/** Topics held in memory, each with its subscriptions. */
export interface TopicCache {
  get(key: TopicKey): Topic | undefined;
  /** What was written. */
  replace(topic: Topic): Topic;
  forget(key: TopicKey): void;
  /** What is read is kept, unless a topic was changed meanwhile. */
  read(ask: () => Promise<Topic | undefined>): Promise<Topic | undefined>;
}

const cacheKey = ({ accountId, region, topicName }: TopicKey): string => `${accountId}/${region}/${topicName}`;

/** An empty cache. */
export function createTopicCache(): TopicCache {
  const topics = createLRU<string, Topic>({ max: limits.cachedTopicCount });
  let changes = 0;
  const keep = (topic: Topic): Topic => {
    topics.set(cacheKey(topic), topic);
    return topic;
  };
  return {
    get: (key) => topics.get(cacheKey(key)),
    replace(topic) {
      changes++;
      return keep(topic);
    },
    forget(key) {
      changes++;
      topics.delete(cacheKey(key));
    },
    async read(ask) {
      const before = changes;
      const topic = await ask();
      return topic !== undefined && before === changes ? keep(topic) : topic;
    },
  };
}
