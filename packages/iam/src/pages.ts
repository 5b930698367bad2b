import { decodePageToken, encodePageToken } from "@mayfly/kernel";
import { validationError } from "./faults.ts";
import { iamLimits } from "./limits.ts";

/** A list operation's paging members. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/**
 * Cuts one page out of a list. Positions are keys, so what is added or removed between two pages moves nothing else.
 * @param list names the list, its owner included: a marker of another one is refused
 */
export function pageOf<T>(list: string, all: readonly T[], keyOf: (item: T) => string, { Marker, MaxItems }: PageInput) {
  const after = Marker === undefined ? undefined : decodePageToken(list, Marker);
  if (Marker !== undefined && after === undefined) throw validationError(`Invalid Marker.`);
  const sorted = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const shown = sorted.slice(0, MaxItems ?? iamLimits.defaultPageItems);
  const last = shown.at(-1);
  const IsTruncated = shown.length < sorted.length;
  return {
    items: shown.map(({ item }) => item),
    page: { IsTruncated, ...(IsTruncated && last !== undefined && { Marker: encodePageToken(list, last.key) }) },
  };
}
