import { keyOf, onTopicArn } from "../iam-rules.ts";
import { withoutPermission } from "../policies/statements.ts";
import type { SnsOperation } from "../resources.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html */
export const removePermission: SnsOperation<"RemovePermission"> = {
  iam: onTopicArn("SNS:RemovePermission"),
  run({ topics, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.get(key);
      const left = withoutPermission(topic, input.Label);
      const { Policy: _before, ...others } = topic.attributes;
      await topics.change(topic, { attributes: left === undefined ? others : { ...others, Policy: left } });
      return {};
    });
  },
};
