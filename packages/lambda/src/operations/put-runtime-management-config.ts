import type { Checked, InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { runtimeVersionArn } from "@mayfly/runtimes";
import { invalidParameter } from "../faults.ts";
import { functionArn } from "../function-name.ts";
import { checkState } from "../function-states.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { managedVersion, shapeRuntimeManagement } from "../runtime-management/managed-version.ts";
import { withVersions, type FunctionRecord, type VersionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "PutRuntimeManagementConfig">;
type Output = OutputOf<"lambda", "PutRuntimeManagementConfig">;

/** Each runtime has one version here, so that there is nothing else that Manual could choose. https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html */
export const putRuntimeManagementConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutRuntimeManagementConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { UpdateRuntimeOn: updateRuntimeOn } = input;
    const version = await functions.change(reference, (current) => {
      const before = managedVersion(current, reference);
      checkState("update", before, functionArn(reference));
      checkVersionArn(current!, before, input);
      const result = { ...before, updateRuntimeOn };
      return { next: withVersions(current!, result), result };
    });
    return shapeRuntimeManagement(reference, version);
  },
};

/** How AWS words these is not documented. */
function checkVersionArn({ region }: FunctionRecord, { configuration }: VersionRecord, input: Checked<Input>): void {
  const { UpdateRuntimeOn: mode, RuntimeVersionArn: given } = input;
  if (mode !== "Manual") {
    if (given !== undefined) throw invalidParameter(`RuntimeVersionArn is not supported when UpdateRuntimeOn is set to "${mode}".`);
    return;
  }
  if (given === undefined) throw invalidParameter('RuntimeVersionArn is required when UpdateRuntimeOn is set to "Manual".');
  if (given !== runtimeVersionArn(region, configuration.Runtime))
    throw invalidParameter(`The runtime version ${given} is not available for the runtime ${configuration.Runtime}.`);
}
