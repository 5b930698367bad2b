import type { PolicyDocument } from "@mayfly/kernel";
import type {
  Cors,
  FunctionConfiguration,
  FunctionUrlAuthType,
  InvokeMode,
  LastUpdateStatus,
  RecursiveLoop,
  State,
  UpdateRuntimeOn,
} from "@mayfly/wire/lambda";
import type { FunctionKey } from "../function-name.ts";

/** Members of AWS's FunctionConfiguration that a caller sets, as they are kept and returned. */
export interface StoredConfiguration extends Pick<
  FunctionConfiguration,
  "Environment" | "VpcConfig" | "DeadLetterConfig" | "KMSKeyArn" | "FileSystemConfigs"
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

/** A layer version that a function has. It stays what it was, even when the layer is deleted. */
export interface LayerUse {
  readonly arn: string;
  readonly code: CodeRecord;
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
  /** Later ones cover earlier ones. */
  readonly layers: readonly LayerUse[];
  /** What PublishVersion was told, in place of the configuration's own. */
  readonly description: string | undefined;
  readonly updateRuntimeOn: UpdateRuntimeOn;
}

/** A version that takes part of an alias's invocations. */
export interface AdditionalVersion {
  readonly number: number;
  /** 0 to 1 */
  readonly weight: number;
}

/** An alias. Immutable; a change is another record. */
export interface AliasRecord {
  readonly name: string;
  /** 0 is `$LATEST`. */
  readonly versionNumber: number;
  readonly additional: AdditionalVersion | undefined;
  readonly description: string;
  readonly revisionId: string;
}

/** What becomes of asynchronous events. Immutable. What is undefined is as AWS's default is. */
export interface EventInvokeConfigRecord {
  readonly maximumRetryAttempts: number | undefined;
  readonly maximumEventAgeSeconds: number | undefined;
  /** ARNs. */
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly lastModifiedMs: number;
}

/** The URL of a function or an alias. Immutable. */
export interface FunctionUrlRecord {
  /** The first label of its host's name; the same for as long as there is the URL. */
  readonly urlId: string;
  readonly authType: FunctionUrlAuthType;
  readonly invokeMode: InvokeMode;
  readonly cors: Cors | undefined;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
}

/** How many environments of a version or alias are kept initialized. Immutable. */
export interface ProvisionedConcurrencyRecord {
  readonly requestedCount: number;
  readonly lastModifiedMs: number;
}

/** A function with all its versions. Immutable. */
export interface FunctionRecord extends FunctionKey {
  readonly createdAtMs: number;
  readonly lastVersion: number;
  readonly reservedConcurrency: number | undefined;
  readonly recursiveLoop: RecursiveLoop;
  readonly tags: Readonly<Record<string, string>>;
  readonly codeSigningConfigArn: string | undefined;
  /** By number; 0, `$LATEST`, is always there. */
  readonly versions: ReadonlyMap<number, VersionRecord>;
  /** By name. */
  readonly aliases: ReadonlyMap<string, AliasRecord>;
  /** Resource-based policies by version number or alias, the function's own under `ownPolicy`. A policy that changes is another object. */
  readonly policies: ReadonlyMap<string, PolicyDocument>;
  /** By `$LATEST`, version number or alias. */
  readonly eventInvokeConfigs: ReadonlyMap<string, EventInvokeConfigRecord>;
  /** By `$LATEST` or alias. */
  readonly urls: ReadonlyMap<string, FunctionUrlRecord>;
  /** By version number or alias. */
  readonly provisionedConcurrency: ReadonlyMap<string, ProvisionedConcurrencyRecord>;
}

/** What the function's own policy is found by; `$LATEST` has none of its own. */
export const ownPolicy = "";

/** The policy for whoever calls the function by that qualifier. */
export const policyOf = (record: FunctionRecord, qualifier: string | undefined): PolicyDocument | undefined =>
  record.policies.get(qualifier === undefined || qualifier === "$LATEST" ? ownPolicy : qualifier);

/** The function with the settings for asynchronous events of a qualifier replaced, added, or removed. */
export function withEventInvokeConfig(
  record: FunctionRecord,
  qualifier: string,
  config: EventInvokeConfigRecord | undefined,
): FunctionRecord {
  const eventInvokeConfigs = new Map(record.eventInvokeConfigs);
  if (config === undefined) eventInvokeConfigs.delete(qualifier);
  else eventInvokeConfigs.set(qualifier, config);
  return { ...record, eventInvokeConfigs };
}

/** The function with a URL replaced, added, or removed. */
export function withUrl(record: FunctionRecord, qualifier: string, url: FunctionUrlRecord | undefined): FunctionRecord {
  const urls = new Map(record.urls);
  if (url === undefined) urls.delete(qualifier);
  else urls.set(qualifier, url);
  return { ...record, urls };
}

/** The function with the provisioned concurrency of a version or alias replaced, added, or removed. */
export function withProvisionedConcurrency(
  record: FunctionRecord,
  qualifier: string,
  config: ProvisionedConcurrencyRecord | undefined,
): FunctionRecord {
  const provisionedConcurrency = new Map(record.provisionedConcurrency);
  if (config === undefined) provisionedConcurrency.delete(qualifier);
  else provisionedConcurrency.set(qualifier, config);
  return { ...record, provisionedConcurrency };
}

/** The function without what belongs to a version or alias that is no more. */
export function withoutSettingsOf(record: FunctionRecord, qualifier: string): FunctionRecord {
  const without = [withPolicy, withEventInvokeConfig, withUrl, withProvisionedConcurrency];
  return without.reduce((left, remove) => remove(left, qualifier, undefined), record);
}

/** The function with a policy replaced, added, or removed. */
export function withPolicy(record: FunctionRecord, qualifier: string, policy: PolicyDocument | undefined): FunctionRecord {
  const policies = new Map(record.policies);
  if (policy === undefined) policies.delete(qualifier);
  else policies.set(qualifier, policy);
  return { ...record, policies };
}

/** `$LATEST` of a function. */
export function latestOf(record: FunctionRecord): VersionRecord {
  const version = record.versions.get(0);
  if (version === undefined) throw new Error(`Function ${record.functionName} has no $LATEST`);
  return version;
}

/** The number in a version's name; undefined if it is none. */
export function versionNumberOf(name: string): number | undefined {
  if (name === "$LATEST") return 0;
  return /^[1-9]\d*$/.test(name) ? Number(name) : undefined;
}

/** The version that a qualifier names, an alias's own if it is one; `$LATEST` without one, undefined if there is none. */
export function versionOf(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
  const number = qualifier === undefined ? 0 : (versionNumberOf(qualifier) ?? record.aliases.get(qualifier)?.versionNumber);
  return number === undefined ? undefined : record.versions.get(number);
}

/** A version's name: `$LATEST` or its number. */
export const versionName = ({ number }: Pick<VersionRecord, "number">): string => (number === 0 ? "$LATEST" : String(number));

/** The names of a function's aliases that send invocations to a version, in order. */
export function aliasesOf(record: FunctionRecord, versionNumber: number): readonly string[] {
  const uses = ({ versionNumber: own, additional }: AliasRecord): boolean => own === versionNumber || additional?.number === versionNumber;
  return [...record.aliases.values()]
    .filter(uses)
    .map(({ name }) => name)
    .sort();
}

/** The function with an alias replaced, added, or removed. */
export function withAlias(record: FunctionRecord, name: string, alias: AliasRecord | undefined): FunctionRecord {
  const aliases = new Map(record.aliases);
  if (alias !== undefined) return { ...record, aliases: aliases.set(name, alias) };
  aliases.delete(name);
  return { ...withoutSettingsOf(record, name), aliases };
}

/** The function with some of its versions replaced or added. */
export function withVersions(record: FunctionRecord, ...changed: readonly VersionRecord[]): FunctionRecord {
  const versions = new Map(record.versions);
  for (const version of changed) versions.set(version.number, version);
  return { ...record, versions, lastVersion: Math.max(record.lastVersion, ...changed.map((version) => version.number)) };
}
