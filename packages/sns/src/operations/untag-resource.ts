import type { InputOf } from "@mayfly/kernel";
import { resourceDoesNotExist } from "../faults.ts";
import { keyOfResource, onResourceArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { tagKeys } from "../tags.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
export const untagResource: SnsOperation<"UntagResource"> = {
  iam: onResourceArn<InputOf<"sns", "UntagResource">>("SNS:UntagResource", ({ TagKeys = [] }) => tagKeys(TagKeys)),
  run({ topics, lock }, ctx, input) {
    const key = keyOfResource(ctx, input);
    const gone = new Set(input.TagKeys);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.find(key);
      if (topic === undefined) throw resourceDoesNotExist();
      await topics.change(topic, { tags: Object.fromEntries(Object.entries(topic.tags).filter(([name]) => !gone.has(name))) });
      return {};
    });
  },
};
