import { runtimeVersionArn } from "@mayfly/runtimes";
import type { GetRuntimeManagementConfigResponse } from "@mayfly/wire/lambda";
import { functionNotFound, invalidParameter } from "../faults.ts";
import { referenceArn, type FunctionReference } from "../function-name.ts";
import { latestOf, versionNumberOf, type FunctionRecord, type VersionRecord } from "../store/records.ts";

/**
 * The version whose runtime is managed; `$LATEST` unless another is named.
 * @throws Fault InvalidParameterValueException for an alias, in AWS's words; ResourceNotFoundException
 */
export function managedVersion(record: FunctionRecord | undefined, reference: FunctionReference): VersionRecord {
  const { qualifier } = reference;
  if (record === undefined) throw functionNotFound(referenceArn(reference));
  if (qualifier === undefined) return latestOf(record);
  if (record.aliases.has(qualifier))
    throw invalidParameter(`The provided function name ${referenceArn(reference)} is invalid. Aliases are not allowed.`);
  const version = record.versions.get(versionNumberOf(qualifier) ?? -1);
  if (version === undefined) throw functionNotFound(referenceArn(reference));
  return version;
}

/** What both operations answer: an ARN in the Manual mode only. */
export function shapeRuntimeManagement(
  reference: FunctionReference,
  { updateRuntimeOn, configuration }: VersionRecord,
): Required<Pick<GetRuntimeManagementConfigResponse, "UpdateRuntimeOn" | "FunctionArn">> & GetRuntimeManagementConfigResponse {
  return {
    UpdateRuntimeOn: updateRuntimeOn,
    FunctionArn: referenceArn(reference),
    ...(updateRuntimeOn === "Manual" && { RuntimeVersionArn: runtimeVersionArn(reference.region, configuration.Runtime) }),
  };
}
