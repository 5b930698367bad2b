import { groupOfArn } from "../arns.ts";
import { without } from "../check-tags.ts";
import { onTagged, tagKeys } from "../iam-rules.ts";
import type { LogsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const untagResource: LogsOperation<"UntagResource"> = {
  iam: onTagged("logs:UntagResource", (input) => tagKeys(input.tagKeys ?? [])),
  async run({ store }, ctx, input) {
    await store.changeGroup(groupOfArn(ctx, input.resourceArn), ({ tags }) => ({ tags: without(tags, input.tagKeys) }));
    return {};
  },
};
