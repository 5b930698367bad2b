import { newUuid, type Clock } from "@mayfly/kernel";
import { latestOf, withVersions, type FunctionRecord, type VersionRecord } from "./store/records.ts";

/** What is published, and the function with it. */
export interface Published {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
}

/**
 * The function with a version published from its `$LATEST`. If nothing changed since the latest version, that one stands. A version of a `$LATEST` that is itself
 * in transition is Pending, as AWS's are; else it is Active at once, and `$LATEST` has another revision.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export function publish(record: FunctionRecord, clock: Clock, { description }: { readonly description?: string | undefined }): Published {
  const source = latestOf(record);
  const newest = newestOf(record);
  if (newest !== undefined && isSame(newest, source)) return { record, version: newest };
  const isSettled = source.state === "Active" && source.lastUpdateStatus !== "InProgress";
  const version: VersionRecord = {
    ...source,
    number: record.lastVersion + 1,
    revisionId: newUuid(),
    deploymentId: newUuid(),
    lastModifiedMs: clock.now(),
    description,
    ...(!isSettled && {
      state: "Pending",
      stateReasonCode: "Creating",
      lastUpdateStatus: undefined,
      lastUpdateStatusReasonCode: undefined,
    }),
  };
  return { record: withVersions(record, version, { ...source, revisionId: newUuid() }), version };
}

/** The latest published version; undefined if it was deleted, or none was published. */
const newestOf = (record: FunctionRecord): VersionRecord | undefined =>
  record.lastVersion === 0 ? undefined : record.versions.get(record.lastVersion);

const isSame = (a: VersionRecord, b: VersionRecord): boolean =>
  a.code.sha256 === b.code.sha256 && JSON.stringify([a.configuration, a.layers]) === JSON.stringify([b.configuration, b.layers]);
