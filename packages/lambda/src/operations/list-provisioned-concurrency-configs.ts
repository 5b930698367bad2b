import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import { functionArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import { shapeProvisioned } from "../provisioned-concurrency/shape-provisioned.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListProvisionedConcurrencyConfigs">;
type Output = OutputOf<"lambda", "ListProvisionedConcurrencyConfigs">;

/** Those of a function's versions and aliases, by qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html */
export const listProvisionedConcurrencyConfigs: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:ListProvisionedConcurrencyConfigs"),
  async run({ functions, provisioning, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const record = mustExist(await functions.find(reference), reference, undefined);
    const { items, NextMarker } = pageOf(
      "ListProvisionedConcurrencyConfigs",
      [...record.provisionedConcurrency.keys()],
      (qualifier) => qualifier,
      input,
      limits.listPageCount,
    );
    const shaped = items.map(async (qualifier) => ({
      FunctionArn: functionArn(reference, qualifier),
      ...(await shapeProvisioned(provisioning, record, qualifier)),
    }));
    return { ProvisionedConcurrencyConfigs: await Promise.all(shaped), ...NextMarker };
  },
};
