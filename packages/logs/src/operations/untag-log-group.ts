import { groupKey } from "../arns.ts";
import { without } from "../check-tags.ts";
import { onGroup, tagKeys } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html */
export const untagLogGroup: LogsOperation<"UntagLogGroup"> = {
  iam: onGroup("logs:UntagLogGroup", (input) => tagKeys(input.tags ?? [])),
  async run({ store }, ctx, input) {
    await store.changeGroup(groupKey(ctx, input.logGroupName), ({ tags }) => ({ tags: without(tags, input.tags) }));
    return {};
  },
};
