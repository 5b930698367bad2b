import type { CodeStore } from "../code/code-store.ts";
import type { FunctionKey } from "../function-name.ts";
import type { FunctionStore } from "../store/function-store.ts";
import { latestOf, type CodeRecord } from "../store/records.ts";
import type { Deployment, Deployments } from "./deployments.ts";

/** What reads and replaces a function's code needs to know of it. */
export interface FunctionCodeFacts {
  readonly revisionId: string;
  readonly code: CodeRecord;
  readonly runtime: string;
  readonly deployments: readonly Deployment[];
  /** What its published versions run. */
  readonly published: readonly CodeRecord[];
}

/** A package that can be read; it stays until it is released. */
export interface OpenPackage {
  /** Host folder that holds the unpacked files. Symbolic links in it are the package's own: follow none. */
  readonly folder: string;
  release(): void;
}

/** Functions' deployment packages, for services that show them. It asks no permission: the caller has. */
export interface FunctionCode {
  /** undefined if there is no such function */
  find(key: FunctionKey): Promise<FunctionCodeFacts | undefined>;
  /** Opens one of the function's packages. @param sha256 hexadecimal, of a deployment or version that `find` told of */
  open(sha256: string): Promise<OpenPackage>;
}

/** Puts it together of Lambda's stores. */
export function createFunctionCode(functions: FunctionStore, code: CodeStore, deployments: Deployments): FunctionCode {
  return {
    async find(key) {
      const record = await functions.find(key);
      if (record === undefined) return undefined;
      const { revisionId, code: current, configuration } = latestOf(record);
      return {
        revisionId,
        code: current,
        runtime: configuration.Runtime,
        deployments: await deployments.list(key),
        published: [...record.versions.values()].map((version) => version.code),
      };
    },
    async open(sha256) {
      const release = code.hold(sha256);
      try {
        return { folder: await code.folder(sha256), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}
