import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { notFound, revisionMismatch } from "../faults.ts";
import { referenceArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { documentOf, policyKeyOf, revisionOf, statementsOf, withNewRevision } from "../policies/document.ts";
import type { OperationResources } from "../resources.ts";
import { withPolicy } from "../store/records.ts";

type Input = InputOf<"lambda", "RemovePermission">;
type Output = OutputOf<"lambda", "RemovePermission">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:RemovePermission"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const key = policyKeyOf(reference);
    await functions.change(reference, (record) => {
      if (record === undefined) throw notFound(`No policy found for: ${referenceArn(reference)}`);
      const policy = record.policies.get(key);
      if (policy === undefined) throw notFound("No policy is associated with the given resource.");
      if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(record, key)) throw revisionMismatch();
      const before = statementsOf(policy);
      const left = before.filter(({ Sid }) => Sid !== input.StatementId);
      if (left.length === before.length) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
      return { next: withPolicy(withNewRevision(record, key), key, left.length === 0 ? undefined : documentOf(left)), result: undefined };
    });
    return {};
  },
};
