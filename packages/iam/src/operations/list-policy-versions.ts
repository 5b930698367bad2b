import { onPolicy } from "../iam-rules.ts";
import { findPolicy, shapeVersionInList, versionsOf } from "../managed-policy.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions: IamRow<"ListPolicyVersions"> = {
  iam: onPolicy("iam:ListPolicyVersions"),
  run: async ({ models }, ctx, input) => {
    const policy = await findPolicy(models, ctx, input.PolicyArn);
    const versions = await versionsOf(models, policy);
    // The newest comes first.
    const keyOf = ({ versionNumber }: { versionNumber: number }): string => String(Number.MAX_SAFE_INTEGER - versionNumber);
    const { items, page } = pageOf(`ListPolicyVersions:${policy.id}`, versions, keyOf, input);
    return { Versions: items.map((version) => shapeVersionInList(policy, version)), ...page };
  },
};
