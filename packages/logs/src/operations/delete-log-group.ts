import { groupKey } from "../arns.ts";
import { Fault } from "@mayfly/kernel";
import { onGroup } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup: LogsOperation<"DeleteLogGroup"> = {
  iam: onGroup("logs:DeleteLogGroup"),
  async run({ store }, ctx, input) {
    await store.deleteGroup(groupKey(ctx, input.logGroupName), ({ deletionProtectionEnabled }) => {
      if (deletionProtectionEnabled) throw new Fault("ValidationException", "The specified log group has deletion protection enabled.");
    });
    return {};
  },
};
