import type { Models } from "@mayfly/db";
import type { PolicyDocument } from "@mayfly/kernel";
import type { Cors, FunctionUrlAuthType, InvokeMode, LastUpdateStatus, State, UpdateRuntimeOn } from "@mayfly/wire/lambda";
import type { FunctionKey } from "../function-name.ts";
import type {
  AliasRecord,
  EventInvokeConfigRecord,
  FunctionRecord,
  FunctionUrlRecord,
  LayerUse,
  ProvisionedConcurrencyRecord,
  StoredConfiguration,
  VersionRecord,
} from "./records.ts";

/** A row of LambdaFunction. */
export type FunctionRow = NonNullable<Awaited<ReturnType<Models["lambdaFunction"]["findUnique"]>>>;
/** A row of FunctionVersion. */
export type VersionRow = NonNullable<Awaited<ReturnType<Models["functionVersion"]["findUnique"]>>>;
/** A row of FunctionAlias. */
export type AliasRow = NonNullable<Awaited<ReturnType<Models["functionAlias"]["findUnique"]>>>;
/** A row of FunctionPolicy. */
type PolicyRow = NonNullable<Awaited<ReturnType<Models["functionPolicy"]["findUnique"]>>>;

/** A row of FunctionEventInvokeConfig. */
export type EventInvokeConfigRow = NonNullable<Awaited<ReturnType<Models["functionEventInvokeConfig"]["findUnique"]>>>;

/** A row of FunctionUrl. */
export type UrlRow = NonNullable<Awaited<ReturnType<Models["functionUrl"]["findUnique"]>>>;

/** A row of FunctionProvisionedConcurrency. */
export type ProvisionedConcurrencyRow = NonNullable<Awaited<ReturnType<Models["functionProvisionedConcurrency"]["findUnique"]>>>;

/** All that a function is made of. */
export interface FunctionRows {
  readonly row: FunctionRow;
  readonly versions: readonly VersionRow[];
  readonly aliases: readonly AliasRow[];
  readonly policies: readonly PolicyRow[];
  readonly eventInvokeConfigs: readonly EventInvokeConfigRow[];
  readonly urls: readonly UrlRow[];
  readonly provisionedConcurrency: readonly ProvisionedConcurrencyRow[];
}

const keyOf = ({ accountId, region, functionName }: FunctionKey): FunctionKey => ({ accountId, region, functionName });

/** The function's own row. */
export const toFunctionRow = (record: FunctionRecord): FunctionRow => ({
  ...keyOf(record),
  createdAtMs: record.createdAtMs,
  lastVersion: record.lastVersion,
  reservedConcurrency: record.reservedConcurrency ?? null,
  recursiveLoop: record.recursiveLoop === "Terminate" ? null : record.recursiveLoop,
  tags: JSON.stringify(record.tags),
  codeSigningConfigArn: record.codeSigningConfigArn ?? null,
});

/** A version's row. */
export const toVersionRow = (key: FunctionKey, version: VersionRecord): VersionRow => ({
  ...keyOf(key),
  versionNumber: version.number,
  revisionId: version.revisionId,
  deploymentId: version.deploymentId,
  state: version.state,
  stateReasonCode: version.stateReasonCode ?? null,
  lastUpdateStatus: version.lastUpdateStatus ?? null,
  lastUpdateStatusReasonCode: version.lastUpdateStatusReasonCode ?? null,
  lastModifiedMs: version.lastModifiedMs,
  codeSha256: version.code.sha256,
  codeSize: version.code.size,
  configuration: JSON.stringify(version.configuration),
  description: version.description ?? null,
  layers: JSON.stringify(version.layers),
  updateRuntimeOn: version.updateRuntimeOn === "Auto" ? null : version.updateRuntimeOn,
});

/** An alias's row. */
export const toAliasRow = (key: FunctionKey, alias: AliasRecord): AliasRow => ({
  ...keyOf(key),
  aliasName: alias.name,
  versionNumber: alias.versionNumber,
  additionalVersionNumber: alias.additional?.number ?? null,
  additionalWeight: alias.additional?.weight ?? null,
  description: alias.description,
  revisionId: alias.revisionId,
});

/** Its settings as a row has them. */
export const toEventInvokeConfigRow = (key: FunctionKey, qualifier: string, config: EventInvokeConfigRecord): EventInvokeConfigRow => ({
  ...keyOf(key),
  qualifier,
  maximumRetryAttempts: config.maximumRetryAttempts ?? null,
  maximumEventAgeSeconds: config.maximumEventAgeSeconds ?? null,
  onSuccess: config.onSuccess ?? null,
  onFailure: config.onFailure ?? null,
  lastModifiedMs: config.lastModifiedMs,
});

/** A URL's row. */
export const toUrlRow = (key: FunctionKey, qualifier: string, { cors, ...url }: FunctionUrlRecord): UrlRow => ({
  ...keyOf(key),
  qualifier,
  ...url,
  cors: cors === undefined ? null : JSON.stringify(cors),
});

const toUrlRecord = (row: UrlRow): FunctionUrlRecord => ({
  urlId: row.urlId,
  authType: row.authType as FunctionUrlAuthType,
  invokeMode: row.invokeMode as InvokeMode,
  cors: row.cors === null ? undefined : (JSON.parse(row.cors) as Cors),
  createdAtMs: row.createdAtMs,
  lastModifiedMs: row.lastModifiedMs,
});

const toEventInvokeConfig = (row: EventInvokeConfigRow): EventInvokeConfigRecord => ({
  maximumRetryAttempts: row.maximumRetryAttempts ?? undefined,
  maximumEventAgeSeconds: row.maximumEventAgeSeconds ?? undefined,
  onSuccess: row.onSuccess ?? undefined,
  onFailure: row.onFailure ?? undefined,
  lastModifiedMs: row.lastModifiedMs,
});

/** Its row. */
export const toProvisionedConcurrencyRow = (
  key: FunctionKey,
  qualifier: string,
  { requestedCount, lastModifiedMs }: ProvisionedConcurrencyRecord,
): ProvisionedConcurrencyRow => ({ ...keyOf(key), qualifier, requestedCount, lastModifiedMs });

const toAliasRecord = (row: AliasRow): AliasRecord => ({
  name: row.aliasName,
  versionNumber: row.versionNumber,
  additional: row.additionalVersionNumber === null ? undefined : { number: row.additionalVersionNumber, weight: row.additionalWeight ?? 0 },
  description: row.description,
  revisionId: row.revisionId,
});

/** Reads a version's row. */
export const toVersionRecord = (row: VersionRow): VersionRecord => ({
  number: row.versionNumber,
  revisionId: row.revisionId,
  deploymentId: row.deploymentId,
  state: row.state as State,
  stateReasonCode: row.stateReasonCode ?? undefined,
  lastUpdateStatus: (row.lastUpdateStatus ?? undefined) as LastUpdateStatus | undefined,
  lastUpdateStatusReasonCode: row.lastUpdateStatusReasonCode ?? undefined,
  lastModifiedMs: row.lastModifiedMs,
  code: { sha256: row.codeSha256, size: row.codeSize },
  configuration: JSON.parse(row.configuration) as StoredConfiguration,
  description: row.description ?? undefined,
  layers: JSON.parse(row.layers) as LayerUse[],
  updateRuntimeOn: (row.updateRuntimeOn ?? "Auto") as UpdateRuntimeOn,
});

/** Puts a function together from its rows. */
export const toFunctionRecord = ({
  row,
  versions,
  aliases,
  policies,
  eventInvokeConfigs,
  urls,
  provisionedConcurrency,
}: FunctionRows): FunctionRecord => ({
  ...keyOf(row),
  createdAtMs: row.createdAtMs,
  lastVersion: row.lastVersion,
  reservedConcurrency: row.reservedConcurrency ?? undefined,
  recursiveLoop: row.recursiveLoop === "Allow" ? "Allow" : "Terminate",
  tags: JSON.parse(row.tags) as Record<string, string>,
  codeSigningConfigArn: row.codeSigningConfigArn ?? undefined,
  versions: new Map(versions.map((version) => [version.versionNumber, toVersionRecord(version)])),
  aliases: new Map(aliases.map((alias) => [alias.aliasName, toAliasRecord(alias)])),
  eventInvokeConfigs: new Map(eventInvokeConfigs.map((config) => [config.qualifier, toEventInvokeConfig(config)])),
  urls: new Map(urls.map((url) => [url.qualifier, toUrlRecord(url)])),
  provisionedConcurrency: new Map(
    provisionedConcurrency.map(({ qualifier, requestedCount, lastModifiedMs }) => [qualifier, { requestedCount, lastModifiedMs }]),
  ),
  policies: new Map(policies.map(({ qualifier, policy }) => [qualifier, JSON.parse(policy) as PolicyDocument])),
});
