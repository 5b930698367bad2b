import type { InputOf } from "@mayfly/kernel";
import { resourceDoesNotExist } from "../faults.ts";
import { keyOfResource, onResourceArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { readTags, requestTagKeys, withTags } from "../tags.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
export const tagResource: SnsOperation<"TagResource"> = {
  iam: onResourceArn<InputOf<"sns", "TagResource">>("SNS:TagResource", ({ Tags }) => requestTagKeys(Tags)),
  run({ topics, lock }, ctx, input) {
    const key = keyOfResource(ctx, input);
    const added = readTags(input.Tags);
    return lock.run(lockKey(key), async () => {
      const topic = await topics.find(key);
      if (topic === undefined) throw resourceDoesNotExist();
      await topics.change(topic, { tags: withTags(topic.tags, added) });
      return {};
    });
  },
};
