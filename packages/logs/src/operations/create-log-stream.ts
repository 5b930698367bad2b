import { groupKey } from "../arns.ts";
import { onStream } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream: LogsOperation<"CreateLogStream"> = {
  iam: onStream("logs:CreateLogStream"),
  async run({ store, clock }, ctx, { logGroupName, logStreamName }) {
    await store.createStream({ ...groupKey(ctx, logGroupName), logStreamName }, clock.now());
    return {};
  },
};
