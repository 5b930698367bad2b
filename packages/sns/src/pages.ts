import { readPage, type Page } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";
import { limits } from "./limits.ts";

/** One page of a list; SNS's pages have a hundred items. @throws Fault InvalidParameter */
export const pageOf = <T, Key extends string | number>(
  list: string,
  token: string | undefined,
  keyOf: (item: T) => Key,
  read: (after: Key | undefined, count: number) => Promise<readonly T[]>,
): Promise<Page<T>> =>
  readPage(
    { list, token: token === "" ? undefined : token, count: limits.pageCount, keyOf, refusal: () => invalidParameter("NextToken") },
    read,
  );
