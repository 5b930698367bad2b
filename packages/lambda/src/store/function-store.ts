import type { Database } from "@mayfly/db";
import { keyText, type FunctionKey } from "../function-name.ts";
import { createKeyLock } from "@mayfly/kernel";
import { readFunction, writeFunction } from "./function-rows.ts";
import type { FunctionRecord } from "./records.ts";

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
    const record = await readFunction(db, key);
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
        await writeFunction(db, current, next);
        writes++;
        if (next === null) cache.delete(keyText(key));
        else remember(keyText(key), next);
        onChange(current, next ?? undefined);
        return result;
      }),
  };
}
