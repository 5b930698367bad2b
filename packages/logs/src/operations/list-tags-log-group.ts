import { groupKey } from "../arns.ts";
import { onGroup } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html */
export const listTagsLogGroup: LogsOperation<"ListTagsLogGroup"> = {
  iam: onGroup("logs:ListTagsLogGroup"),
  async run({ store }, ctx, { logGroupName }) {
    return { tags: { ...(await store.group(groupKey(ctx, logGroupName))).tags } };
  },
};
