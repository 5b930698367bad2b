import { groupKey } from "../arns.ts";
import { checkTags } from "../check-tags.ts";
import { onNewGroup } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup: LogsOperation<"CreateLogGroup"> = {
  iam: onNewGroup,
  async run({ store, clock }, ctx, input) {
    const tags = input.tags ?? {};
    checkTags(tags, tags);
    await store.createGroup(groupKey(ctx, input.logGroupName), {
      createdAtMs: clock.now(),
      logGroupClass: input.logGroupClass ?? "STANDARD",
      kmsKeyId: input.kmsKeyId ?? null,
      retentionInDays: null,
      deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
      tags,
    });
    return {};
  },
};
