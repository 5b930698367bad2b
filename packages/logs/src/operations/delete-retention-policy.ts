import { groupKey } from "../arns.ts";
import { onGroup } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy: LogsOperation<"DeleteRetentionPolicy"> = {
  iam: onGroup("logs:DeleteRetentionPolicy"),
  async run({ store }, ctx, { logGroupName }) {
    await store.changeGroup(groupKey(ctx, logGroupName), () => ({ retentionInDays: null }));
    return {};
  },
};
