import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { functionArn } from "../function-name.ts";
import { checkState } from "../function-states.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { checkCount, checkNotProvisionedTwice, mustBeThere, qualifierOf } from "../provisioned-concurrency/check-request.ts";
import { shapeProvisioned } from "../provisioned-concurrency/shape-provisioned.ts";
import { committedOf } from "../provisioned-concurrency/shares.ts";
import type { OperationResources } from "../resources.ts";
import { versionOf, withProvisionedConcurrency, type FunctionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "PutProvisionedConcurrencyConfig">;
type Output = OutputOf<"lambda", "PutProvisionedConcurrencyConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export const putProvisionedConcurrencyConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutProvisionedConcurrencyConfig"),
  async run(resources, ctx, input) {
    const { functions, concurrency, provisioning, clock } = resources;
    const reference = referenceOf(ctx, input);
    const qualifier = qualifierOf(reference, "put");
    const count = input.ProvisionedConcurrentExecutions;
    let before: FunctionRecord | undefined;
    const change = functions.change(reference, (current) => {
      const named = mustBeThere(current, reference, qualifier);
      checkState("provision", versionOf(named.record, qualifier)!, functionArn(reference));
      checkNotProvisionedTwice(named);
      checkCount(resources, named, count);
      const next = withProvisionedConcurrency(named.record, qualifier, { requestedCount: count, lastModifiedMs: clock.now() });
      // Before it is on disk, so that of two requests at a time the second one counts the first.
      before = named.record;
      concurrency.commit(reference, committedOf(next));
      return { next, result: next };
    });
    const record = await change.catch((error: unknown) => {
      if (before !== undefined) concurrency.commit(reference, committedOf(before));
      throw error;
    });
    return { ...(await shapeProvisioned(provisioning, record, qualifier)), Status: "IN_PROGRESS" };
  },
};
