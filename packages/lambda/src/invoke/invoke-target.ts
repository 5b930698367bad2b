import type { FunctionTarget } from "@mayfly/engine";
import type { CodeStore } from "../code/code-store.ts";
import type { FunctionKey } from "../function-name.ts";
import { versionName, type FunctionRecord, type VersionRecord } from "../store/records.ts";

/** A target of the engine that also knows whose credentials its code is to have. */
export interface LambdaTarget extends FunctionTarget {
  readonly roleArn: string;
  readonly codeSha256: string;
}

/** The engine's name for a version's environments; another one whenever code or configuration change. */
export const targetId = (key: FunctionKey, version: VersionRecord): string =>
  `${key.accountId}/${key.region}/${key.functionName}/${versionName(version)}/${version.code.sha256.slice(0, 12)}/${version.deploymentId}`;

/** Targets of versions. */
export interface InvokeTargets {
  /** The version's target, if its code lies ready. */
  ready(record: FunctionRecord, version: VersionRecord): LambdaTarget | undefined;
  /** The version's target, its code unpacked first if need be. */
  prepare(record: FunctionRecord, version: VersionRecord): Promise<LambdaTarget>;
}

/** Targets live as long as the records that they are made of. */
export function createInvokeTargets(code: CodeStore): InvokeTargets {
  const made = new WeakMap<VersionRecord, LambdaTarget>();

  const make = (record: FunctionRecord, version: VersionRecord, codeFolder: string, optFolder?: string): LambdaTarget => {
    const target = { ...toTarget(record, version, codeFolder), ...(optFolder !== undefined && { optFolder }) };
    made.set(version, target);
    return target;
  };

  return {
    ready(record, version) {
      const target = made.get(version);
      if (target !== undefined) return target;
      if (version.layers.length > 0) return undefined;
      const folder = code.readyFolder(version.code.sha256);
      return folder === undefined ? undefined : make(record, version, folder);
    },
    async prepare(record, version) {
      const layers = version.layers.map((layer) => layer.code.sha256);
      const [codeFolder, optFolder] = await Promise.all([
        code.folder(version.code.sha256),
        layers.length === 0 ? undefined : code.mergedFolder(layers),
      ]);
      return make(record, version, codeFolder, optFolder);
    },
  };
}

function toTarget(record: FunctionRecord, version: VersionRecord, codeFolder: string): LambdaTarget {
  const { configuration } = version;
  return {
    id: targetId(record, version),
    functionName: record.functionName,
    functionVersion: versionName(version),
    accountId: record.accountId,
    region: record.region,
    runtime: configuration.Runtime,
    handler: configuration.Handler,
    codeFolder,
    memorySizeMb: configuration.MemorySize,
    timeoutMs: configuration.Timeout * 1000,
    ephemeralStorageMb: configuration.EphemeralStorage.Size ?? 512,
    environment: configuration.Environment?.Variables ?? {},
    logGroupName: configuration.LoggingConfig.LogGroup ?? `/aws/lambda/${record.functionName}`,
    logFormat: configuration.LoggingConfig.LogFormat ?? "Text",
    applicationLogLevel: configuration.LoggingConfig.ApplicationLogLevel ?? "INFO",
    systemLogLevel: configuration.LoggingConfig.SystemLogLevel ?? "INFO",
    architecture: configuration.Architectures[0] ?? "x86_64",
    roleArn: configuration.Role,
    codeSha256: version.code.sha256,
  };
}
