import type { ListedPage, ObjectListQuery } from "../../object-types.ts";

/** Where reading goes on. */
export interface Start {
  readonly key: string;
  readonly isInclusive: boolean;
}

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The first key after all that begin with a prefix; undefined if there can be none. Keys are in the order of their UTF-8 bytes, which is that of code points. */
export function successor(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  while (points.length > 0) {
    const last = points.pop() as number;
    // There are no characters from D800 to DFFF.
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

/** What a key is shown as where a delimiter follows the prefix in it. */
function commonPrefixOf(key: string, { prefix, delimiter }: ObjectListQuery): string | undefined {
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

function startOf(query: ObjectListQuery): Start | undefined {
  const { after, prefix } = query;
  if (after === "" || compare(after, prefix) < 0) return { key: prefix, isInclusive: true };
  if (after.startsWith(prefix) && commonPrefixOf(after, query) === after) {
    const key = successor(after);
    return key === undefined ? undefined : { key, isInclusive: true };
  }
  return { key: after, isInclusive: false };
}

/**
 * Reads a page of a list. What lies below a common prefix is not read: the walk goes on behind it.
 * @param scan items from a key on, in order, read one by one
 */
export function walk<Item extends { readonly key: string }>(
  query: ObjectListQuery,
  scan: (start: Start) => Iterable<Item>,
): ListedPage<Item> {
  const items: Item[] = [];
  const prefixes: string[] = [];
  let last = "";
  let start = startOf(query);
  while (start !== undefined) {
    const from: Start = start;
    start = undefined;
    for (const item of scan(from)) {
      if (!item.key.startsWith(query.prefix)) break;
      if (items.length + prefixes.length >= query.count) return { items, prefixes, isTruncated: true, last };
      const common = commonPrefixOf(item.key, query);
      last = common ?? item.key;
      if (common === undefined) {
        items.push(item);
        continue;
      }
      prefixes.push(common);
      const key = successor(common);
      start = key === undefined ? undefined : { key, isInclusive: true };
      break;
    }
  }
  return { items, prefixes, isTruncated: false, last };
}
