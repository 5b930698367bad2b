import { resourceDoesNotExist } from "../faults.ts";
import { keyOfResource, onResourceArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { shapeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
export const listTagsForResource: SnsOperation<"ListTagsForResource"> = {
  iam: onResourceArn("SNS:ListTagsForResource"),
  async run({ topics }, ctx, input) {
    const topic = await topics.find(keyOfResource(ctx, input));
    if (topic === undefined) throw resourceDoesNotExist();
    return { Tags: shapeTags(topic.tags) };
  },
};
