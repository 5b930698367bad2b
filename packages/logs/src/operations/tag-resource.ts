import { groupOfArn } from "../arns.ts";
import { checkTags } from "../check-tags.ts";
import { onTagged, requestTags } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tagResource: LogsOperation<"TagResource"> = {
  iam: onTagged("logs:TagResource", (input) => requestTags(input.tags)),
  async run({ store }, ctx, input) {
    await store.changeGroup(groupOfArn(ctx, input.resourceArn), (group) => {
      const tags = { ...group.tags, ...input.tags };
      checkTags(input.tags, tags);
      return { tags };
    });
    return {};
  },
};
