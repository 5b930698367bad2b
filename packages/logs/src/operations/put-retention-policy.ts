import { groupKey } from "../arns.ts";
import { invalidParameter } from "../faults.ts";
import { onGroup } from "../iam-rules.ts";
import { retentionChoicesDays } from "../limits.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy: LogsOperation<"PutRetentionPolicy"> = {
  iam: onGroup("logs:PutRetentionPolicy"),
  async run({ store }, ctx, { logGroupName, retentionInDays }) {
    if (!retentionChoicesDays.includes(retentionInDays)) {
      throw invalidParameter(`Invalid retention value. Valid values are: [${retentionChoicesDays.join(", ")}]`);
    }
    await store.changeGroup(groupKey(ctx, logGroupName), () => ({ retentionInDays }));
    return {};
  },
};
