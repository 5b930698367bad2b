import { readPage } from "@mayfly/kernel";
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
  { Limit = limits.pageCount, NextToken }: PageInput,
  keyOf: (item: T) => string,
  read: (after: string | undefined, count: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  if (Limit < 1 || Limit > limits.pageCount) throw badRequest(`Limit must be from 1 to ${limits.pageCount}.`);
  const refusal = () => badRequest("The NextToken is not valid.");
  const { items, next } = await readPage({ list, token: NextToken, count: Limit, keyOf, refusal }, read);
  return { items, ...(next !== undefined && { NextToken: next }) };
}
