import type { Database } from "@mayfly/db";
import { keyText, type FunctionKey } from "../function-name.ts";
import { createKeyLock } from "@mayfly/kernel";
import type { AliasRecord, FunctionRecord, VersionRecord } from "./records.ts";
import { toAliasRow, toFunctionRecord, toFunctionRow, toVersionRow } from "./rows.ts";

/** What a change makes of a function: another record, `null` to delete it, `undefined` to leave it. */
interface Change<T> {
  readonly next: FunctionRecord | null | undefined;
  readonly result: T;
}

/** Functions by name: on disk, with those in use held in memory. */
export interface FunctionStore {
  /** The function if memory holds it; for the warm way of an invocation. */
  peek(key: FunctionKey): FunctionRecord | undefined;
  find(key: FunctionKey): Promise<FunctionRecord | undefined>;
  /** Changes one function; changes of the same one run one after the other. What resolves is on disk and in effect. */
  change<T>(key: FunctionKey, decide: (current: FunctionRecord | undefined) => Promise<Change<T>> | Change<T>): Promise<T>;
}

/** Told of each change once it is on disk; `undefined` stands for "not there". */
export type ChangeListener = (previous: FunctionRecord | undefined, next: FunctionRecord | undefined) => void;

/** @param cachedFunctionCount functions held in memory at most */
export function createFunctionStore(db: Database, cachedFunctionCount: number, onChange: ChangeListener): FunctionStore {
  const cache = new Map<string, FunctionRecord>();
  const lock = createKeyLock();
  // A record read while somebody wrote may be the old one: it is not kept.
  let writes = 0;

  const remember = (text: string, record: FunctionRecord): void => {
    cache.delete(text);
    cache.set(text, record);
    if (cache.size <= cachedFunctionCount) return;
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  };

  const find = async (key: FunctionKey): Promise<FunctionRecord | undefined> => {
    const text = keyText(key);
    const known = cache.get(text);
    if (known !== undefined) return known;
    const before = writes;
    const record = await read(db, key);
    if (record !== undefined && writes === before) remember(text, record);
    return record;
  };

  return {
    peek: (key) => cache.get(keyText(key)),
    find,
    change: (key, decide) =>
      lock.run(keyText(key), async () => {
        const current = await find(key);
        const { next, result } = await decide(current);
        if (next === undefined || next === current) return result;
        writes++;
        await write(db, current, next);
        writes++;
        if (next === null) cache.delete(keyText(key));
        else remember(keyText(key), next);
        onChange(current, next ?? undefined);
        return result;
      }),
  };
}

async function read(db: Database, { accountId, region, functionName }: FunctionKey): Promise<FunctionRecord | undefined> {
  const where = { accountId, region, functionName };
  const [row, versions, aliases] = await Promise.all([
    db.models.lambdaFunction.findUnique({ where: { accountId_region_functionName: where } }),
    db.models.functionVersion.findMany({ where }),
    db.models.functionAlias.findMany({ where }),
  ]);
  // Three reads, not one transaction: a deletion between them leaves a function without its versions.
  if (row === null || !versions.some((version) => version.versionNumber === 0)) return undefined;
  return toFunctionRecord(row, versions, aliases);
}

/** Writes the difference in one transaction. */
async function write(db: Database, previous: FunctionRecord | undefined, next: FunctionRecord | null): Promise<void> {
  const key = previous ?? next;
  if (key === null) return;
  const where = { accountId: key.accountId, region: key.region, functionName: key.functionName };
  const accountId_region_functionName = where;
  await db.transaction((models) => {
    if (next === null) {
      return [
        models.functionAlias.deleteMany({ where }),
        models.functionVersion.deleteMany({ where }),
        models.lambdaFunction.deleteMany({ where }),
      ];
    }
    const data = toFunctionRow(next);
    const calls: PromiseLike<unknown>[] = [
      previous === undefined
        ? models.lambdaFunction.create({ data })
        : models.lambdaFunction.update({ where: { accountId_region_functionName }, data }),
    ];
    for (const version of next.versions.values()) {
      if (previous?.versions.get(version.number) !== version) calls.push(writeVersion(models, where, version, previous));
    }
    for (const number of previous?.versions.keys() ?? []) {
      if (!next.versions.has(number)) calls.push(models.functionVersion.deleteMany({ where: { ...where, versionNumber: number } }));
    }
    return [...calls, ...writeAliases(models, where, previous?.aliases, next.aliases)];
  });
}

type Aliases = ReadonlyMap<string, AliasRecord>;

function writeAliases(
  models: Database["models"],
  where: FunctionKey,
  previous: Aliases = new Map(),
  next: Aliases,
): PromiseLike<unknown>[] {
  const calls: PromiseLike<unknown>[] = [];
  for (const alias of next.values()) {
    if (previous.get(alias.name) === alias) continue;
    const data = toAliasRow(where, alias);
    const accountId_region_functionName_aliasName = { ...where, aliasName: alias.name };
    calls.push(models.functionAlias.upsert({ where: { accountId_region_functionName_aliasName }, create: data, update: data }));
  }
  for (const aliasName of previous.keys()) {
    if (!next.has(aliasName)) calls.push(models.functionAlias.deleteMany({ where: { ...where, aliasName } }));
  }
  return calls;
}

function writeVersion(
  models: Database["models"],
  where: FunctionKey,
  version: VersionRecord,
  previous: FunctionRecord | undefined,
): PromiseLike<unknown> {
  const data = toVersionRow(where, version);
  if (previous?.versions.has(version.number) !== true) return models.functionVersion.create({ data });
  return models.functionVersion.update({
    where: { accountId_region_functionName_versionNumber: { ...where, versionNumber: version.number } },
    data,
  });
}
