import { decodePageToken, encodePageToken } from "@mayfly/kernel";
import { badRequest } from "./faults.ts";
import { limits } from "./limits.ts";

/** What a list operation is asked for. */
export interface PageInput {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of a list that is ordered by a text. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/**
 * Reads one page.
 * @param read the items after a position (undefined: from the start), at most so many
 * @throws Fault BadRequestException
 */
export async function pageOf<T>(
  list: string,
  { Limit, NextToken }: PageInput,
  positionOf: (item: T) => string,
  read: (after: string | undefined, count: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  if (Limit !== undefined && (Limit < 1 || Limit > limits.pageCount)) throw badRequest(`Limit must be from 1 to ${limits.pageCount}.`);
  const after = NextToken === undefined ? undefined : decodePageToken(list, NextToken);
  if (NextToken !== undefined && after === undefined) throw badRequest("The NextToken is not valid.");
  const count = Limit ?? limits.pageCount;
  const found = await read(after, count + 1);
  const items = found.slice(0, count);
  const last = items.at(-1);
  return { items, ...(found.length > count && last !== undefined && { NextToken: encodePageToken(list, positionOf(last)) }) };
}
