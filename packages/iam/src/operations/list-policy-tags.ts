import { onPolicy } from "../iam-rules.ts";
import { findPolicy } from "../managed-policy.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";
import { shapeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const listPolicyTags: IamRow<"ListPolicyTags"> = {
  iam: onPolicy("iam:ListPolicyTags"),
  run: async ({ models }, ctx, input) => {
    const policy = await findPolicy(models, ctx, input.PolicyArn);
    const { items, page } = pageOf(`ListPolicyTags:${policy.id}`, shapeTags(policy.tags), ({ Key = "" }) => Key, input);
    return { Tags: items, ...page };
  },
};
