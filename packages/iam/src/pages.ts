import { pageOfAll } from "@mayfly/kernel";
import { validationError } from "./faults.ts";
import { iamLimits } from "./limits.ts";

/** A list operation's paging members. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** Cuts one page out of a list. @param list names it, its owner included */
export function pageOf<T>(list: string, all: readonly T[], keyOf: (item: T) => string, { Marker, MaxItems }: PageInput) {
  const refusal = () => validationError("Invalid Marker.");
  const { items, next } = pageOfAll({ list, token: Marker, count: MaxItems ?? iamLimits.defaultPageItems, keyOf, refusal }, all);
  return { items, page: { IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) } };
}
