import { decodePageToken, encodePageToken } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "./faults.ts";
import { limits } from "./limits.ts";
import type { Queue } from "./queues/queue.ts";

/** What a list operation is asked for. */
export interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of queues by name. Who asks for no pages gets the first 1,000 and is not told of more.
 * @throws Fault InvalidParameterValue
 */
export async function pageOf(
  list: string,
  { MaxResults, NextToken }: PageInput,
  read: (after: string | undefined, limit: number) => Promise<readonly Queue[]>,
): Promise<{ readonly items: readonly Queue[]; readonly NextToken?: string }> {
  if (MaxResults !== undefined && !(MaxResults >= 1 && MaxResults <= limits.pageCount))
    throw invalidValue("MaxResults", MaxResults, `MaxResults must be an integer between 1 and ${limits.pageCount}.`);
  const after = NextToken === undefined ? undefined : decodePageToken(list, NextToken);
  if (NextToken !== undefined && after === undefined) throw invalidParameter("Invalid or expired next token.");
  const count = MaxResults ?? limits.pageCount;
  const found = await read(after, count + 1);
  const items = found.slice(0, count);
  const last = items.at(-1);
  const hasMore = found.length > count && MaxResults !== undefined && last !== undefined;
  return { items, ...(hasMore && { NextToken: encodePageToken(list, last.queueName) }) };
}
