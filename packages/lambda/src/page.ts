import { decodePageToken, encodePageToken } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";

/** A page of a list that lies in memory. */
interface Page<T> {
  readonly items: readonly T[];
  /** To be spread into the answer: its NextMarker, if more follows. */
  readonly NextMarker: { readonly NextMarker?: string };
}

/**
 * The page that a request asks for. Its marker names the last item of the page before, so that what was removed meanwhile does not matter.
 * @param sorted by `keyOf`, ascending
 * @throws Fault InvalidParameterValueException if the marker is none of this list's
 */
export function pageOf<T>(
  list: string,
  sorted: readonly T[],
  keyOf: (item: T) => string | number,
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  mostCount: number,
): Page<T> {
  const after = readMarker(list, Marker);
  const rest = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  const items = rest.slice(0, Math.min(MaxItems ?? mostCount, mostCount));
  const last = items.at(-1);
  const isCut = items.length < rest.length && last !== undefined;
  return { items, NextMarker: isCut ? { NextMarker: markerOf(list, keyOf(last)) } : {} };
}

/** The marker of a page that ends with the item of that key. */
export const markerOf = (list: string, key: string | number): string => encodePageToken(list, JSON.stringify(key));

/** The key in a marker of {@link markerOf}. @throws Fault InvalidParameterValueException if it is none of this list's */
export function readMarker(list: string, marker: string | undefined): string | number | undefined {
  if (marker === undefined || marker === "") return undefined;
  const text = decodePageToken(list, marker);
  if (text === undefined) throw invalidParameter("The provided Marker is invalid.");
  return JSON.parse(text) as string | number;
}
