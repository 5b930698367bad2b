import type { FunctionConfiguration, LastUpdateStatus, State } from "@mayfly/wire/lambda";
import type { FunctionKey } from "../function-name.ts";

/** Members of AWS's FunctionConfiguration that a caller sets, as they are kept and returned. */
export interface StoredConfiguration extends Pick<
  FunctionConfiguration,
  "Environment" | "VpcConfig" | "DeadLetterConfig" | "KMSKeyArn" | "Layers" | "FileSystemConfigs"
> {
  readonly Runtime: string;
  readonly Role: string;
  readonly Handler: string;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly TracingConfig: NonNullable<FunctionConfiguration["TracingConfig"]>;
  readonly Architectures: NonNullable<FunctionConfiguration["Architectures"]>;
  readonly EphemeralStorage: NonNullable<FunctionConfiguration["EphemeralStorage"]>;
  readonly SnapStart: NonNullable<FunctionConfiguration["SnapStart"]>;
  readonly LoggingConfig: NonNullable<FunctionConfiguration["LoggingConfig"]>;
}

/** A deployment package. */
export interface CodeRecord {
  /** Of the zip, in hexadecimal. */
  readonly sha256: string;
  /** Bytes of the zip. */
  readonly size: number;
}

/** One version. Immutable; a change is another record. */
export interface VersionRecord {
  /** 0 is `$LATEST`. */
  readonly number: number;
  readonly revisionId: string;
  /** Another one whenever code or configuration change. */
  readonly deploymentId: string;
  readonly state: State;
  readonly stateReasonCode: string | undefined;
  readonly lastUpdateStatus: LastUpdateStatus | undefined;
  readonly lastUpdateStatusReasonCode: string | undefined;
  readonly lastModifiedMs: number;
  readonly code: CodeRecord;
  readonly configuration: StoredConfiguration;
}

/** A function with all its versions. Immutable. */
export interface FunctionRecord extends FunctionKey {
  readonly createdAtMs: number;
  readonly lastVersion: number;
  readonly reservedConcurrency: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** By number; 0, `$LATEST`, is always there. */
  readonly versions: ReadonlyMap<number, VersionRecord>;
}

/** `$LATEST` of a function. */
export function latestOf(record: FunctionRecord): VersionRecord {
  const version = record.versions.get(0);
  if (version === undefined) throw new Error(`Function ${record.functionName} has no $LATEST`);
  return version;
}

/** The version that a qualifier names; `$LATEST` without one, undefined if there is none. */
export function versionOf(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
  if (qualifier === undefined || qualifier === "$LATEST") return record.versions.get(0);
  return /^[1-9]\d*$/.test(qualifier) ? record.versions.get(Number(qualifier)) : undefined;
}

/** A version's name: `$LATEST` or its number. */
export const versionName = (version: VersionRecord): string => (version.number === 0 ? "$LATEST" : String(version.number));

/** The function with some of its versions replaced or added. */
export function withVersions(record: FunctionRecord, ...changed: readonly VersionRecord[]): FunctionRecord {
  const versions = new Map(record.versions);
  for (const version of changed) versions.set(version.number, version);
  return { ...record, versions, lastVersion: Math.max(record.lastVersion, ...changed.map((version) => version.number)) };
}
