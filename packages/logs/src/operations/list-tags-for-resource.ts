import { groupOfArn } from "../arns.ts";
import { onTagged } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource: LogsOperation<"ListTagsForResource"> = {
  iam: onTagged("logs:ListTagsForResource"),
  async run({ store }, ctx, { resourceArn }) {
    return { tags: { ...(await store.group(groupOfArn(ctx, resourceArn))).tags } };
  },
};
