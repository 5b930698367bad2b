import type { Database } from "@mayfly/db";
import type { FunctionKey } from "../function-name.ts";
import type { LayerUse, VersionRecord } from "./records.ts";
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

/** What an account uses in a region. `codeBytes` counts every version's package, of functions and of layers. */
export async function usage(db: Database, accountId: string, region: string): Promise<{ functionCount: number; codeBytes: number }> {
  const where = { accountId, region };
  const [functionCount, ...sums] = await Promise.all([
    db.models.lambdaFunction.count({ where }),
    db.models.functionVersion.aggregate({ where, _sum: { codeSize: true } }),
    db.models.layerVersion.aggregate({ where, _sum: { codeSize: true } }),
  ]);
  return { functionCount, codeBytes: sums.reduce((bytes, { _sum: sum }) => bytes + (sum.codeSize ?? 0), 0) };
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

/** Every function with reserved concurrency, and what it has reserved. */
export async function reservations(db: Database): Promise<readonly (FunctionKey & { readonly reservedConcurrency: number })[]> {
  const rows = await db.models.lambdaFunction.findMany({
    where: { reservedConcurrency: { not: null } },
    select: { accountId: true, region: true, functionName: true, reservedConcurrency: true },
  });
  return rows.map((row) => ({ ...row, reservedConcurrency: row.reservedConcurrency ?? 0 }));
}

/** Every function with provisioned concurrency. */
export function provisionedFunctions(db: Database): Promise<readonly FunctionKey[]> {
  return db.models.functionProvisionedConcurrency.findMany({
    distinct: ["accountId", "region", "functionName"],
    select: { accountId: true, region: true, functionName: true },
  });
}

/** The packages that any version, kept deployment or layer uses, SHA-256 in hexadecimal. */
export async function usedCode(db: Database): Promise<ReadonlySet<string>> {
  const distinct = { distinct: ["codeSha256" as const], select: { codeSha256: true } };
  const [versions, deployments, layers, layered] = await Promise.all([
    db.models.functionVersion.findMany(distinct),
    db.models.functionDeployment.findMany(distinct),
    db.models.layerVersion.findMany(distinct),
    db.models.functionVersion.findMany({ where: { layers: { not: "[]" } }, distinct: ["layers"], select: { layers: true } }),
  ]);
  const held = layered.flatMap(({ layers: text }) => (JSON.parse(text) as LayerUse[]).map(({ code }) => code.sha256));
  return new Set([...[...versions, ...deployments, ...layers].map((row) => row.codeSha256), ...held]);
}

/** True if any version, kept deployment or layer uses the package; of the given account only, if one is given. */
export async function isCodeUsed(db: Database, codeSha256: string, accountId?: string): Promise<boolean> {
  const account = accountId !== undefined && { accountId };
  const where = { codeSha256, ...account };
  const counts = [
    () => db.models.functionVersion.count({ where }),
    () => db.models.functionDeployment.count({ where }),
    () => db.models.layerVersion.count({ where }),
    // Functions keep layers that were deleted.
    () => db.models.functionVersion.count({ where: { layers: { contains: codeSha256 }, ...account } }),
  ];
  for (const count of counts) if ((await count()) > 0) return true;
  return false;
}
