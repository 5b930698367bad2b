import { groupKey } from "../arns.ts";
import { checkTags } from "../check-tags.ts";
import { onGroup, requestTags } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html */
export const tagLogGroup: LogsOperation<"TagLogGroup"> = {
  iam: onGroup("logs:TagLogGroup", (input) => requestTags(input.tags)),
  async run({ store }, ctx, input) {
    await store.changeGroup(groupKey(ctx, input.logGroupName), (group) => {
      const tags = { ...group.tags, ...input.tags };
      checkTags(input.tags, tags);
      return { tags };
    });
    return {};
  },
};
