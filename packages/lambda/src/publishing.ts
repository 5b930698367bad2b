import { newUuid, type Clock } from "@mayfly/kernel";
import { latestOf, withVersions, type FunctionRecord, type VersionRecord } from "./store/records.ts";

/**
 * The function with a version published from its `$LATEST`. If nothing changed since the latest version, that one stands.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export function publish(record: FunctionRecord, clock: Clock): { readonly record: FunctionRecord; readonly version: VersionRecord } {
  const source = latestOf(record);
  const newest = record.versions.get(Math.max(...record.versions.keys()));
  if (newest !== undefined && newest.number > 0 && isSame(newest, source)) return { record, version: newest };
  const version: VersionRecord = {
    ...source,
    number: record.lastVersion + 1,
    revisionId: newUuid(),
    deploymentId: newUuid(),
    state: "Pending",
    stateReasonCode: "Creating",
    lastUpdateStatus: undefined,
    lastUpdateStatusReasonCode: undefined,
    lastModifiedMs: clock.now(),
  };
  return { record: withVersions(record, version), version };
}

const isSame = (a: VersionRecord, b: VersionRecord): boolean =>
  a.code.sha256 === b.code.sha256 && JSON.stringify(a.configuration) === JSON.stringify(b.configuration);
