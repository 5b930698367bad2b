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

/** Something with tags. */
interface Tagged {
  readonly tags: readonly Pair[];
}

/** Which tags are new or changed, and which are gone. */
export function tagChanges({ tags }: Tagged, before: Tagged): { readonly added: Record<string, string>; readonly removed: string[] } {
  const old = recordOf(before.tags);
  return {
    added: recordOf(tags.filter(({ key, value }) => old[key] !== value)),
    removed: Object.keys(old).filter((key) => !tags.some((tag) => tag.key === key)),
  };
}
