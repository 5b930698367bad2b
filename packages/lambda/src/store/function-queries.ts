import type { Database } from "@mayfly/db";
import type { FunctionKey } from "../function-name.ts";
import type { VersionRecord } from "./records.ts";
import { toVersionRecord } from "./rows.ts";

/** A version together with the name of its function. */
export interface ListedVersion {
  readonly key: FunctionKey;
  readonly version: VersionRecord;
}

/** Where a page of versions ended. */
export interface ListPosition {
  readonly functionName: string;
  readonly versionNumber: number;
}

/** The functions' versions in order of name and number: all of them, or `$LATEST` only. */
export async function listVersions(
  db: Database,
  scope: { readonly accountId: string; readonly region: string; readonly allVersions: boolean },
  after: ListPosition | undefined,
  limit: number,
): Promise<readonly ListedVersion[]> {
  const { accountId, region } = scope;
  const rows = await db.models.functionVersion.findMany({
    where: {
      accountId,
      region,
      ...(!scope.allVersions && { versionNumber: 0 }),
      ...(after && {
        OR: [
          { functionName: { gt: after.functionName } },
          { functionName: after.functionName, versionNumber: { gt: after.versionNumber } },
        ],
      }),
    },
    orderBy: [{ functionName: "asc" }, { versionNumber: "asc" }],
    take: limit,
  });
  return rows.map((row) => ({ key: { accountId, region, functionName: row.functionName }, version: toVersionRecord(row) }));
}

/** What an account uses in a region. `codeBytes` counts every version's package. */
export async function usage(db: Database, accountId: string, region: string): Promise<{ functionCount: number; codeBytes: number }> {
  const where = { accountId, region };
  const [functionCount, { _sum: sum }] = await Promise.all([
    db.models.lambdaFunction.count({ where }),
    db.models.functionVersion.aggregate({ where, _sum: { codeSize: true } }),
  ]);
  return { functionCount, codeBytes: sum.codeSize ?? 0 };
}

/** Functions that have versions which a crash left in transition. */
export async function unsettledFunctions(db: Database): Promise<readonly FunctionKey[]> {
  const rows = await db.models.functionVersion.findMany({
    where: { OR: [{ state: "Pending" }, { lastUpdateStatus: "InProgress" }] },
    distinct: ["accountId", "region", "functionName"],
    select: { accountId: true, region: true, functionName: true },
  });
  return rows;
}

/** Every function with reserved concurrency. */
export async function reservations(db: Database): Promise<readonly (FunctionKey & { readonly reservedConcurrency: number })[]> {
  const rows = await db.models.lambdaFunction.findMany({
    where: { reservedConcurrency: { not: null } },
    select: { accountId: true, region: true, functionName: true, reservedConcurrency: true },
  });
  return rows.map((row) => ({ ...row, reservedConcurrency: row.reservedConcurrency ?? 0 }));
}

/** The packages that any version or kept deployment uses, SHA-256 in hexadecimal. */
export async function usedCode(db: Database): Promise<ReadonlySet<string>> {
  const [versions, deployments] = await Promise.all([
    db.models.functionVersion.findMany({ distinct: ["codeSha256"], select: { codeSha256: true } }),
    db.models.functionDeployment.findMany({ distinct: ["codeSha256"], select: { codeSha256: true } }),
  ]);
  return new Set([...versions, ...deployments].map((row) => row.codeSha256));
}

/** True if any version or kept deployment uses the package; of the given account only, if one is given. */
export async function isCodeUsed(db: Database, codeSha256: string, accountId?: string): Promise<boolean> {
  const where = { codeSha256, ...(accountId !== undefined && { accountId }) };
  return (await db.models.functionVersion.count({ where })) > 0 || (await db.models.functionDeployment.count({ where })) > 0;
}
