import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { managedVersion, shapeRuntimeManagement } from "../runtime-management/managed-version.ts";

type Input = InputOf<"lambda", "GetRuntimeManagementConfig">;
type Output = OutputOf<"lambda", "GetRuntimeManagementConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html */
export const getRuntimeManagementConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetRuntimeManagementConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    return shapeRuntimeManagement(reference, managedVersion(await functions.find(reference), reference));
  },
};
