import { versionNumberOf, type FunctionRecord } from "../store/records.ts";

/** What of a function its concurrency follows from. */
export type ConcurrencySettings = Pick<FunctionRecord, "reservedConcurrency" | "provisionedConcurrency" | "aliases">;

/** How many environments of a version something is to have. */
interface Share {
  readonly versionNumber: number;
  readonly count: number;
}

/** What a function's provisioned concurrency comes to. */
export interface Plan {
  /** By version number. */
  readonly counts: ReadonlyMap<number, number>;
  readonly total: number;
}

/**
 * What a version or an alias has of versions. An alias that leads to two has of each what its weight says.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export function sharesOf(record: ConcurrencySettings, qualifier: string): readonly Share[] {
  const count = record.provisionedConcurrency.get(qualifier)?.requestedCount ?? 0;
  const own = versionNumberOf(qualifier);
  if (own !== undefined) return [{ versionNumber: own, count }];
  const alias = record.aliases.get(qualifier);
  if (alias === undefined) return [];
  const { versionNumber, additional } = alias;
  if (additional === undefined) return [{ versionNumber, count }];
  const shifted = Math.round(count * additional.weight);
  return [
    { versionNumber, count: count - shifted },
    { versionNumber: additional.number, count: shifted },
  ];
}

const plans = new WeakMap<ConcurrencySettings, Plan>();
const nothing: Plan = { counts: new Map(), total: 0 };

/** How many environments of each version are to be there. */
export function planOf(record: ConcurrencySettings): Plan {
  if (record.provisionedConcurrency.size === 0) return nothing;
  const known = plans.get(record);
  if (known !== undefined) return known;
  const counts = new Map<number, number>();
  for (const qualifier of record.provisionedConcurrency.keys()) {
    for (const { versionNumber, count } of sharesOf(record, qualifier)) counts.set(versionNumber, (counts.get(versionNumber) ?? 0) + count);
  }
  const plan = { counts, total: [...counts.values()].reduce((sum, count) => sum + count, 0) };
  plans.set(record, plan);
  return plan;
}

/** What a function takes of the account's concurrency for itself alone: what it reserved, or else what is provisioned. */
export const committedOf = (record: ConcurrencySettings): number => record.reservedConcurrency ?? planOf(record).total;
