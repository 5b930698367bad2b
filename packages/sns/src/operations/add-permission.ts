import { keyOf, onTopicArn } from "../iam-rules.ts";
import { withPermission } from "../policies/statements.ts";
import type { SnsOperation } from "../resources.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html */
export const addPermission: SnsOperation<"AddPermission"> = {
  iam: onTopicArn("SNS:AddPermission"),
  run({ topics, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.get(key);
      await topics.change(topic, { attributes: { ...topic.attributes, Policy: withPermission(topic, input) } });
      return {};
    });
  },
};
