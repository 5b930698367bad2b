import { keyOf, onTopicArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { lockKey } from "../topics/topic.ts";

/** A topic that isn't there is no error. https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
export const deleteTopic: SnsOperation<"DeleteTopic"> = {
  iam: onTopicArn("SNS:DeleteTopic"),
  run({ topics, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.find(key);
      if (topic !== undefined) await topics.remove(topic);
      return {};
    });
  },
};
