import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

/** A column of a list. */
export interface ResourceColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: T) => ReactNode;
  /** What the column is sorted and filtered by; absent: neither. */
  readonly value?: (item: T) => string | number | undefined;
  /** Name of the values in the filter, if they are to be filtered by: `Runtimes`. */
  readonly filterGroup?: string;
  /** Shown only if somebody chooses it. */
  readonly hidden?: true;
  readonly width?: number;
}

/** Something to filter by that is no column, such as a tag: the filter's property and an item's value of it. */
export interface ExtraFilter<T> {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly value: (item: T) => string | undefined;
}

interface Filters<T> {
  readonly columns: readonly ResourceColumn<T>[];
  readonly extraFilters?: readonly ExtraFilter<T>[];
}

/** A filter that everything passes. */
export const emptyQuery: PropertyFilterProps.Query = { tokens: [], operation: "and" };

/** An item with the texts that it is filtered by. */
export interface ResourceRow<T> {
  readonly item: T;
  readonly [filter: string]: unknown;
}

/** What a column's header takes beside its text: padding, the sorting mark, the handle. */
const headerPaddingPx = 60;
const headerCharacterPx = 7.4;

/** The table's definition of a column. */
export function columnDefinition<T>({ id, header, cell, value, width }: ResourceColumn<T>): TableProps.ColumnDefinition<ResourceRow<T>> {
  return {
    id,
    header,
    cell: ({ item }) => cell(item),
    ...(value && { sortingComparator: (a: ResourceRow<T>, b: ResourceRow<T>) => compare(value(a.item), value(b.item)) }),
    // On a narrow page the name leaves room for what is said about it, and no header is cut.
    ...(width && { width: Math.min(width, innerWidth * 0.3) }),
    minWidth: Math.max(90, headerPaddingPx + header.length * headerCharacterPx),
  };
}

/** `FunctionName`, or `-FunctionName` for the other way round. */
export function readSort<T>(text: string | undefined, definitions: readonly TableProps.ColumnDefinition<ResourceRow<T>>[]) {
  const isDescending = text?.startsWith("-") ?? false;
  const sortingColumn = definitions.find(({ id }) => id === (isDescending ? text?.slice(1) : text));
  return sortingColumn && { sortingColumn, isDescending };
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true, sensitivity: "base" });
}

/** What the filter offers. */
export function filteringProperties<T>({ columns, extraFilters = [] }: Filters<T>): PropertyFilterProps.FilteringProperty[] {
  const operators: PropertyFilterProps.ComparisonOperator[] = [":", "!:", "=", "!=", "^"];
  return [
    ...columns
      .filter(({ value, filterGroup }) => value !== undefined && filterGroup !== undefined)
      .map(({ id, header, filterGroup }) => ({ key: id, propertyLabel: header, groupValuesLabel: filterGroup ?? header, operators })),
    ...extraFilters.map(({ id, label, group }) => ({
      key: id,
      propertyLabel: label,
      groupValuesLabel: `${label} values`,
      group,
      operators,
    })),
  ];
}

/** An item as a row. */
export function withFilterValues<T>(item: T, { columns, extraFilters = [] }: Filters<T>): ResourceRow<T> {
  const values = [
    ...columns.map(({ id, value }) => [id, value?.(item)] as const),
    ...extraFilters.map(({ id, value }) => [id, value(item)] as const),
  ];
  return { ...Object.fromEntries(values.map(([id, value]) => [id, value === undefined ? "" : String(value)])), item };
}

/** The filter that an address holds. */
export function readQuery(text: string | undefined): PropertyFilterProps.Query {
  if (text === undefined) return emptyQuery;
  try {
    const read = JSON.parse(text) as PropertyFilterProps.Query;
    return Array.isArray(read.tokens) ? read : emptyQuery;
  } catch {
    // An address typed by hand: its text is looked for in every property.
    return { tokens: [{ operator: ":", value: text }], operation: "and" };
  }
}
