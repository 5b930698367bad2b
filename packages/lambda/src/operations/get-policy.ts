import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { notFound } from "../faults.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { policyKeyOf, revisionOf } from "../policies/document.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetPolicy">;
type Output = OutputOf<"lambda", "GetPolicy">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetPolicy"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const key = policyKeyOf(reference);
    const record = await functions.find(reference);
    const policy = record?.policies.get(key);
    if (record === undefined || policy === undefined) throw notFound("The resource you requested does not exist.");
    return { Policy: JSON.stringify(policy), RevisionId: revisionOf(record, key) };
  },
};
