import type { Database } from "@mayfly/db";
import type { FunctionKey } from "../function-name.ts";
import type { FunctionRecord } from "./records.ts";
import {
  toAliasRow,
  toEventInvokeConfigRow,
  toFunctionRecord,
  toFunctionRow,
  toProvisionedConcurrencyRow,
  toUrlRow,
  toVersionRow,
} from "./rows.ts";

type Models = Database["models"];
type Call = PromiseLike<unknown>;

/** Reads a function from the database. */
export async function readFunction(db: Database, { accountId, region, functionName }: FunctionKey): Promise<FunctionRecord | undefined> {
  const where = { accountId, region, functionName };
  const [row, versions, aliases, policies, eventInvokeConfigs, urls, provisionedConcurrency] = await Promise.all([
    db.models.lambdaFunction.findUnique({ where: { accountId_region_functionName: where } }),
    db.models.functionVersion.findMany({ where }),
    db.models.functionAlias.findMany({ where }),
    db.models.functionPolicy.findMany({ where }),
    db.models.functionEventInvokeConfig.findMany({ where }),
    db.models.functionUrl.findMany({ where }),
    db.models.functionProvisionedConcurrency.findMany({ where }),
  ]);
  // Several reads, not one transaction: a deletion between them leaves a function without its versions.
  if (row === null || !versions.some((version) => version.versionNumber === 0)) return undefined;
  return toFunctionRecord({ row, versions, aliases, policies, eventInvokeConfigs, urls, provisionedConcurrency });
}

/** Writes the difference in one transaction. @param next null to delete it */
export async function writeFunction(db: Database, previous: FunctionRecord | undefined, next: FunctionRecord | null): Promise<void> {
  const key = previous ?? next;
  if (key === null) return;
  const where = { accountId: key.accountId, region: key.region, functionName: key.functionName };
  await db.transaction((models) => (next === null ? removeAll(models, where) : writeDifference(models, where, previous, next)));
}

const removeAll = (models: Models, where: FunctionKey): Call[] => [
  models.functionProvisionedConcurrency.deleteMany({ where }),
  models.functionUrl.deleteMany({ where }),
  models.functionEventInvokeConfig.deleteMany({ where }),
  models.functionPolicy.deleteMany({ where }),
  models.functionAlias.deleteMany({ where }),
  models.functionVersion.deleteMany({ where }),
  models.lambdaFunction.deleteMany({ where }),
];

function writeDifference(models: Models, where: FunctionKey, previous: FunctionRecord | undefined, next: FunctionRecord): Call[] {
  const row = toFunctionRow(next);
  return [
    models.lambdaFunction.upsert({ where: { accountId_region_functionName: where }, create: row, update: row }),
    ...difference(previous?.versions, next.versions, {
      put(version) {
        const data = toVersionRow(where, version);
        const accountId_region_functionName_versionNumber = { ...where, versionNumber: version.number };
        return models.functionVersion.upsert({ where: { accountId_region_functionName_versionNumber }, create: data, update: data });
      },
      remove: (versionNumber) => models.functionVersion.deleteMany({ where: { ...where, versionNumber } }),
    }),
    ...difference(previous?.aliases, next.aliases, {
      put(alias, aliasName) {
        const data = toAliasRow(where, alias);
        const accountId_region_functionName_aliasName = { ...where, aliasName };
        return models.functionAlias.upsert({ where: { accountId_region_functionName_aliasName }, create: data, update: data });
      },
      remove: (aliasName) => models.functionAlias.deleteMany({ where: { ...where, aliasName } }),
    }),
    ...difference(previous?.policies, next.policies, {
      put(policy, qualifier) {
        const data = { ...where, qualifier, policy: JSON.stringify(policy) };
        const accountId_region_functionName_qualifier = { ...where, qualifier };
        return models.functionPolicy.upsert({ where: { accountId_region_functionName_qualifier }, create: data, update: data });
      },
      remove: (qualifier) => models.functionPolicy.deleteMany({ where: { ...where, qualifier } }),
    }),
    ...difference(previous?.eventInvokeConfigs, next.eventInvokeConfigs, {
      put(config, qualifier) {
        const data = toEventInvokeConfigRow(where, qualifier, config);
        const accountId_region_functionName_qualifier = { ...where, qualifier };
        return models.functionEventInvokeConfig.upsert({ where: { accountId_region_functionName_qualifier }, create: data, update: data });
      },
      remove: (qualifier) => models.functionEventInvokeConfig.deleteMany({ where: { ...where, qualifier } }),
    }),
    ...difference(previous?.urls, next.urls, {
      put(url, qualifier) {
        const data = toUrlRow(where, qualifier, url);
        const accountId_region_functionName_qualifier = { ...where, qualifier };
        return models.functionUrl.upsert({ where: { accountId_region_functionName_qualifier }, create: data, update: data });
      },
      remove: (qualifier) => models.functionUrl.deleteMany({ where: { ...where, qualifier } }),
    }),
    ...difference(previous?.provisionedConcurrency, next.provisionedConcurrency, {
      put(config, qualifier) {
        const data = toProvisionedConcurrencyRow(where, qualifier, config);
        const accountId_region_functionName_qualifier = { ...where, qualifier };
        return models.functionProvisionedConcurrency.upsert({
          where: { accountId_region_functionName_qualifier },
          create: data,
          update: data,
        });
      },
      remove: (qualifier) => models.functionProvisionedConcurrency.deleteMany({ where: { ...where, qualifier } }),
    }),
  ];
}

/** How an entry of a map is written, and removed. */
interface Writer<K, V> {
  put(value: V, key: K): Call;
  remove(key: K): Call;
}

/** Entries are compared by identity: what changes is another object. */
function difference<K, V>(previous: ReadonlyMap<K, V> = new Map<K, V>(), next: ReadonlyMap<K, V>, { put, remove }: Writer<K, V>): Call[] {
  return [
    ...[...next].filter(([key, value]) => previous.get(key) !== value).map(([key, value]) => put(value, key)),
    ...[...previous.keys()].filter((key) => !next.has(key)).map(remove),
  ];
}
