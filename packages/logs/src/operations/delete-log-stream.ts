import { groupKey } from "../arns.ts";
import { onStream } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream: LogsOperation<"DeleteLogStream"> = {
  iam: onStream("logs:DeleteLogStream"),
  async run({ store }, ctx, { logGroupName, logStreamName }) {
    await store.deleteStream({ ...groupKey(ctx, logGroupName), logStreamName });
    return {};
  },
};
