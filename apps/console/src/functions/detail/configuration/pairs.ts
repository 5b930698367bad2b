/** A key with its value, as it is being edited. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The pairs of a record, by key. */
export const pairsOf = (record: Readonly<Record<string, string>>): Pair[] =>
  Object.entries(record)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => a.key.localeCompare(b.key));

/** The record of pairs. */
export const recordOf = (pairs: readonly Pair[]): Record<string, string> => Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
