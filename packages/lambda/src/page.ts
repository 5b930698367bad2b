import { pageOfAll, readPage, type Page } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";

/** A page, and to be spread into the answer: its NextMarker, if more follows. */
interface MarkedPage<T> {
  readonly items: readonly T[];
  readonly NextMarker: { readonly NextMarker?: string };
}

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

const queryOf = <T, Key extends string | number>(
  list: string,
  { Marker, MaxItems }: PageInput,
  keyOf: (item: T) => Key,
  mostCount: number,
) => ({
  list,
  token: Marker === "" ? undefined : Marker,
  count: Math.min(MaxItems ?? mostCount, mostCount),
  keyOf,
  refusal: () => invalidParameter("The provided Marker is invalid."),
});

const marked = <T>({ items, next }: Page<T>): MarkedPage<T> => ({ items, NextMarker: next === undefined ? {} : { NextMarker: next } });

/** The page that a request asks for, of a list in memory, by its keys. @throws Fault InvalidParameterValueException if the marker is none of this list's */
export const pageOf = <T>(
  list: string,
  all: readonly T[],
  keyOf: (item: T) => string | number,
  input: PageInput,
  mostCount: number,
): MarkedPage<T> => marked(pageOfAll(queryOf(list, input, keyOf, mostCount), all));

/** The same of a list in the database. @param read the items after a key, in their order, at most so many */
export const pageRead = async <T>(
  list: string,
  input: PageInput,
  keyOf: (item: T) => string,
  mostCount: number,
  read: (after: string | undefined, count: number) => Promise<readonly T[]>,
): Promise<MarkedPage<T>> => marked(await readPage(queryOf(list, input, keyOf, mostCount), read));
