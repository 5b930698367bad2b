import { limits } from "../limits.ts";
import type { SnsResources } from "../resources.ts";
import { lockKey, topicKeyOfArn } from "../topics/topic.ts";

/**
 * Removes subscriptions that nobody confirmed, or took back after their end, as long as their tokens were good: two days, as in
 * https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
 */
export async function removeStaleSubscriptions({
  topics,
  lock,
  clock,
  problem,
}: Pick<SnsResources, "topics" | "lock" | "clock" | "problem">): Promise<void> {
  const beforeMs = clock.now() - limits.tokenMs;
  try {
    for (const topicArn of await topics.staleTopics(beforeMs)) {
      const key = topicKeyOfArn({ region: topicArn.split(":")[3] ?? "" }, topicArn);
      await lock.run(lockKey(key), () => topics.removeStale(key, beforeMs));
    }
  } catch (error) {
    problem(`Subscriptions that nobody confirmed could not be removed: ${String(error)}`);
  }
}
