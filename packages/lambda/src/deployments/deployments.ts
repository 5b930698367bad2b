import type { Database } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { CodeStore } from "../code/code-store.ts";
import type { FunctionKey } from "../function-name.ts";
import type { CodeRecord } from "../store/records.ts";

/** A package that a function's `$LATEST` had or has. */
export interface Deployment {
  readonly code: CodeRecord;
  readonly deployedAtMs: number;
  /** ARN of the caller. */
  readonly deployedBy: string;
  /** The Lambda operation that brought it. */
  readonly source: "CreateFunction" | "UpdateFunctionCode";
}

/** What functions ran before. It keeps their packages from being removed. */
export interface Deployments {
  /** Notes that `$LATEST` has other code now; the same code as before is no new deployment. The oldest beyond the limit go. */
  record(key: FunctionKey, deployment: Omit<Deployment, "deployedAtMs">): Promise<void>;
  /** Newest first. */
  list(key: FunctionKey): Promise<Deployment[]>;
  /** Forgets a function's; the packages that nothing else uses are removed. */
  removeAll(key: FunctionKey): Promise<void>;
}

/** What they are made of. */
export interface DeploymentsResources {
  readonly db: Database;
  readonly clock: Clock;
  readonly code: Pick<CodeStore, "collect">;
  readonly keptCount: number;
}

/** Makes the history over the database. */
export function createDeployments({ db, clock, code, keptCount }: DeploymentsResources): Deployments {
  const { functionDeployment } = db.models;
  const list: Deployments["list"] = async ({ accountId, region, functionName }) => {
    const rows = await functionDeployment.findMany({ where: { accountId, region, functionName }, orderBy: { deployedAtMs: "desc" } });
    return rows.map(({ codeSha256, codeSize, deployedAtMs, deployedBy, source }) => ({
      code: { sha256: codeSha256, size: codeSize },
      deployedAtMs,
      deployedBy,
      source: source as Deployment["source"],
    }));
  };
  return {
    list,
    async record(key, { code: added, deployedBy, source }) {
      const before = await list(key);
      const [newest] = before;
      if (newest?.code.sha256 === added.sha256) return;
      const { accountId, region, functionName } = key;
      const deployedAtMs = Math.max(clock.now(), (newest?.deployedAtMs ?? 0) + 1);
      await functionDeployment.create({
        data: { accountId, region, functionName, deployedAtMs, codeSha256: added.sha256, codeSize: added.size, deployedBy, source },
      });
      const tooOld = before.slice(keptCount - 1);
      for (const { deployedAtMs: at } of tooOld)
        await functionDeployment.deleteMany({ where: { accountId, region, functionName, deployedAtMs: at } });
      for (const { code: old } of tooOld) code.collect(old.sha256);
    },
    async removeAll(key) {
      const { accountId, region, functionName } = key;
      const all = await list(key);
      await functionDeployment.deleteMany({ where: { accountId, region, functionName } });
      for (const { code: old } of all) code.collect(old.sha256);
    },
  };
}
