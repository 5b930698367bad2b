import { runtimeVersionArn } from "@mayfly/runtimes";
import type { FunctionConfiguration } from "@mayfly/wire/lambda";
import { functionArn, type FunctionKey } from "./function-name.ts";
import { stateReasons } from "./function-states.ts";
import { versionName, type VersionRecord } from "./store/records.ts";

/** `2026-11-23T10:00:00.000+0000` */
export const lambdaTime = (epochMs: number): string => new Date(epochMs).toISOString().replace("Z", "+0000");

/** What lists answer of a version. @param qualifier to be part of the ARN */
export function shapeListed(key: FunctionKey, version: VersionRecord, qualifier: string | undefined): FunctionConfiguration {
  return {
    FunctionName: key.functionName,
    FunctionArn: functionArn(key, qualifier),
    ...version.configuration,
    ...(version.layers.length > 0 && { Layers: version.layers.map(({ arn, code }) => ({ Arn: arn, CodeSize: code.size })) }),
    ...(version.description !== undefined && { Description: version.description }),
    Runtime: version.configuration.Runtime as FunctionConfiguration["Runtime"],
    CodeSize: version.code.size,
    CodeSha256: base64Sha(version.code.sha256),
    LastModified: lambdaTime(version.lastModifiedMs),
    Version: versionName(version),
    RevisionId: version.revisionId,
    PackageType: "Zip",
  };
}

/** What operations on one version answer of it: as in lists, and its state. */
export function shapeConfiguration(key: FunctionKey, version: VersionRecord, qualifier: string | undefined): FunctionConfiguration {
  const { state, stateReasonCode, lastUpdateStatus, lastUpdateStatusReasonCode } = version;
  return {
    ...shapeListed(key, version, qualifier),
    State: state,
    StateReason: reason(stateReasonCode),
    StateReasonCode: stateReasonCode as FunctionConfiguration["StateReasonCode"],
    LastUpdateStatus: lastUpdateStatus,
    LastUpdateStatusReason: reason(lastUpdateStatusReasonCode),
    LastUpdateStatusReasonCode: lastUpdateStatusReasonCode as FunctionConfiguration["LastUpdateStatusReasonCode"],
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(key.region, version.configuration.Runtime) },
  };
}

const reason = (code: string | undefined): string | undefined => (code === undefined ? undefined : stateReasons[code]);

/** A SHA-256 as AWS writes CodeSha256. @param hex hexadecimal */
export const base64Sha = (hex: string): string => Buffer.from(hex, "hex").toString("base64");
