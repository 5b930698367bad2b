import { decodePageToken, encodePageToken } from "./page-token.ts";

/** What says where an item stands in its list. */
type PageKey = string | number;

/** Which page of a list is asked for. Positions are keys, so what is added or removed between two pages moves nothing else. */
export interface PageQuery<T, Key extends PageKey> {
  /** Names the list, with what it is of: a token of another one is refused. */
  readonly list: string;
  /** Of the page before; undefined: from the start. */
  readonly token: string | undefined;
  readonly count: number;
  readonly keyOf: (item: T) => Key;
  /** The service's error for a token that is none of this list's. */
  readonly refusal: () => Error;
}

/** One page. */
export interface Page<T> {
  readonly items: T[];
  /** The token of the next one, if there is more. */
  readonly next: string | undefined;
}

/**
 * Reads one page of a list that lies somewhere else.
 * @param read the items after a key, in the order of their keys, at most so many
 * @throws whatever `refusal` makes
 */
export async function readPage<T, Key extends PageKey>(
  query: PageQuery<T, Key>,
  read: (after: Key | undefined, count: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  return cut(query, await read(startOf(query), query.count + 1));
}

/** Cuts one page out of a list, by the order of its keys. @throws whatever `refusal` makes */
export function pageOfAll<T, Key extends PageKey>(query: PageQuery<T, Key>, all: readonly T[]): Page<T> {
  const after = startOf(query);
  const rest = all
    .map((item) => ({ item, key: query.keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return cut(
    query,
    rest.map(({ item }) => item),
  );
}

function startOf<T, Key extends PageKey>({ list, token, refusal }: PageQuery<T, Key>): Key | undefined {
  if (token === undefined) return undefined;
  const position = decodePageToken(list, token);
  if (position === undefined) throw refusal();
  try {
    return JSON.parse(position) as Key;
  } catch {
    throw refusal();
  }
}

function cut<T, Key extends PageKey>({ list, count, keyOf }: PageQuery<T, Key>, found: readonly T[]): Page<T> {
  const items = found.slice(0, count);
  const last = items.at(-1);
  const isCut = found.length > items.length && last !== undefined;
  return { items, next: isCut ? encodePageToken(list, JSON.stringify(keyOf(last))) : undefined };
}
