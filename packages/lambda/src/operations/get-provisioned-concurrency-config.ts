import { Fault, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { mustBeThere, qualifierOf } from "../provisioned-concurrency/check-request.ts";
import { shapeProvisioned } from "../provisioned-concurrency/shape-provisioned.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetProvisionedConcurrencyConfig">;
type Output = OutputOf<"lambda", "GetProvisionedConcurrencyConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export const getProvisionedConcurrencyConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetProvisionedConcurrencyConfig"),
  async run({ functions, provisioning }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const qualifier = qualifierOf(reference, "other");
    const { record } = mustBeThere(await functions.find(reference), reference, qualifier);
    const shaped = await shapeProvisioned(provisioning, record, qualifier);
    if (shaped !== undefined) return shaped;
    throw new Fault("ProvisionedConcurrencyConfigNotFoundException", "No Provisioned Concurrency Config found for this function", {
      members: { Type: "User" },
    });
  },
};
