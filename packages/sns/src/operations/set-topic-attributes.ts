import { keyOf, onTopicArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { oneAttribute, withAttributes } from "../topics/attribute-rules.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export const setTopicAttributes: SnsOperation<"SetTopicAttributes"> = {
  iam: onTopicArn("SNS:SetTopicAttributes"),
  run({ topics, lock, readPolicy }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.get(key);
      const set = { [input.AttributeName]: input.AttributeValue ?? "" };
      await topics.change(topic, { attributes: withAttributes(readPolicy, topic.isFifo, topic.attributes, set, oneAttribute) });
      return {};
    });
  },
};
