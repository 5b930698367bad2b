import { revisionMismatch } from "./faults.ts";
import { mustExist } from "./find-version.ts";
import { functionArn, type FunctionReference } from "./function-name.ts";
import { checkState } from "./function-states.ts";
import { latestOf, type FunctionRecord, type VersionRecord } from "./store/records.ts";

/**
 * The `$LATEST` that is to be changed: it is there, nothing is under way, and the caller knows its latest revision if it names one.
 * @throws Fault ResourceNotFoundException, ResourceConflictException, PreconditionFailedException
 */
export function checkUpdatable(
  current: FunctionRecord | undefined,
  reference: FunctionReference,
  revisionId: string | undefined,
): { readonly record: FunctionRecord; readonly version: VersionRecord } {
  const record = mustExist(current, reference);
  const version = latestOf(record);
  checkState("update", version, functionArn(reference));
  if (revisionId !== undefined && revisionId !== version.revisionId) throw revisionMismatch();
  return { record, version };
}
