import { functionNotFound } from "./faults.ts";
import { functionArn, referenceArn, type FunctionReference } from "./function-name.ts";
import type { FunctionStore } from "./store/function-store.ts";
import { versionOf, type FunctionRecord, type VersionRecord } from "./store/records.ts";

/**
 * The function, and the version that the caller named.
 * @throws Fault ResourceNotFoundException
 */
export async function findVersion(
  functions: FunctionStore,
  reference: FunctionReference,
): Promise<{ readonly record: FunctionRecord; readonly version: VersionRecord }> {
  const record = await functions.find(reference);
  const version = record && versionOf(record, reference.qualifier);
  if (record === undefined || version === undefined) throw functionNotFound(referenceArn(reference));
  return { record, version };
}

/** Passes a record that is there. @throws Fault ResourceNotFoundException */
export function mustExist(
  record: FunctionRecord | undefined,
  reference: FunctionReference,
  qualifier = reference.qualifier,
): FunctionRecord {
  if (record === undefined) throw functionNotFound(functionArn(reference, qualifier));
  return record;
}
