import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import Header, { type HeaderProps } from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useEffect, useMemo, type ReactNode } from "react";
import type { Answer } from "./answer.ts";
import { useAddressState } from "./address-state.ts";
import { useKeptPreferences } from "./kept-preferences.ts";
import { ListPreferencesButton } from "./list-preferences-button.tsx";
import { ProblemPanel } from "./problem-panel.tsx";
import {
  columnDefinition,
  emptyQuery,
  filteringProperties,
  readQuery,
  readSort,
  withFilterValues,
  type ExtraFilter,
  type ResourceColumn,
  type ResourceRow,
} from "./resource-rows.ts";

export type { ResourceColumn } from "./resource-rows.ts";

interface ResourceTableProps<T> {
  /** Under this name columns, page size and density are kept. */
  readonly id: string;
  readonly title: string;
  /** `functions` */
  readonly plural: string;
  readonly query: Answer<readonly T[]>;
  readonly columns: readonly ResourceColumn<T>[];
  readonly trackBy: (item: T) => string;
  /** Further things to filter by, such as tags: the filter's property and an item's value of it. */
  readonly extraFilters?: readonly ExtraFilter<T>[];
  readonly empty: ReactNode;
  /** Buttons of the header, given what is selected. */
  readonly actions?: (selected: readonly T[]) => ReactNode;
  readonly selectionType?: "single" | "multi";
  readonly description?: ReactNode;
  readonly info?: ReactNode;
  readonly variant?: TableProps["variant"];
  readonly headingTag?: HeaderProps["variant"];
  /** Sorted by this column at first. */
  readonly sortedBy?: { readonly id: string; readonly descending?: boolean };
}

/** A list of things: filter by property, sorting, paging, columns to choose, selection. Filter and page are in the address. */
export function ResourceTable<T>(props: ResourceTableProps<T>) {
  const { query, columns, trackBy, plural } = props;
  const [filterText, setFilterText] = useAddressState("filter");
  const [pageText, setPageText] = useAddressState("page");
  const [preferences, setPreferences] = useKeptPreferences<CollectionPreferencesProps.Preferences>(props.id, {
    pageSize: 25,
    contentDisplay: columns.map(({ id, hidden }) => ({ id, visible: !hidden })),
    wrapLines: false,
    stripedRows: false,
    contentDensity: "comfortable",
  });
  const rows = useMemo(() => query.data ?? [], [query.data]);
  const properties = useMemo(() => filteringProperties(props), [columns, props.extraFilters]);
  const searchable = useMemo(() => rows.map((item) => withFilterValues(item, props)), [rows, columns, props.extraFilters]);
  // The table knows the sorted column by its identity.
  const definitions = useMemo(() => columns.map((column) => columnDefinition(column)), [columns]);
  const [sortText, setSortText] = useAddressState("sort");
  const defaultSort = props.sortedBy && `${props.sortedBy.descending ? "-" : ""}${props.sortedBy.id}`;
  const firstSort = readSort(sortText ?? defaultSort, definitions);
  const { items, actions, filteredItemsCount, collectionProps, propertyFilterProps, paginationProps } = useCollection(searchable, {
    propertyFiltering: {
      filteringProperties: properties,
      defaultQuery: readQuery(filterText),
      empty: props.empty,
      noMatch: (
        <Box textAlign="center">
          <SpaceBetween size="s">
            <Box key="text">No {plural} match the filter.</Box>
            <Button key="clear" onClick={() => actions.setPropertyFiltering(emptyQuery)}>
              Clear filter
            </Button>
          </SpaceBetween>
        </Box>
      ),
    },
    pagination: { pageSize: preferences.pageSize ?? 25, defaultPage: Number(pageText) || 1 },
    sorting: firstSort ? { defaultState: firstSort } : {},
    // What a filter or another page hides stays selected; the counter says how many are.
    selection: { trackBy: (row: ResourceRow<T>) => trackBy(row.item), keepSelection: true },
  });
  useEffect(() => {
    const { tokens } = propertyFilterProps.query;
    setFilterText(tokens.length > 0 ? JSON.stringify(propertyFilterProps.query) : undefined);
  }, [propertyFilterProps.query, setFilterText]);
  const { sortingColumn, sortingDescending } = collectionProps;
  useEffect(() => {
    const column = definitions.find((definition) => definition === sortingColumn);
    const text = column && `${sortingDescending ? "-" : ""}${column.id}`;
    if (text !== undefined) setSortText(text === defaultSort ? undefined : text);
  }, [sortingColumn, sortingDescending, definitions, defaultSort, setSortText]);
  useEffect(() => {
    if (query.data) setPageText(paginationProps.currentPageIndex > 1 ? String(paginationProps.currentPageIndex) : undefined);
  }, [paginationProps.currentPageIndex, query.data, setPageText]);
  // What is gone in the meantime is not selected any more.
  const present = new Set(rows.map(trackBy));
  const selected = (collectionProps.selectedItems ?? []).map(({ item }) => item).filter((item) => present.has(trackBy(item)));
  const failed = query.data === undefined && query.error !== null && query.error !== undefined;
  return (
    <Table<ResourceRow<T>>
      {...collectionProps}
      items={items}
      columnDefinitions={definitions}
      columnDisplay={preferences.contentDisplay ?? []}
      variant={props.variant ?? "full-page"}
      stickyHeader
      resizableColumns
      enableKeyboardNavigation
      wrapLines={preferences.wrapLines ?? false}
      stripedRows={preferences.stripedRows ?? false}
      contentDensity={preferences.contentDensity ?? "comfortable"}
      {...(props.selectionType && { selectionType: props.selectionType })}
      loading={query.data === undefined && !failed}
      loadingText={`Loading ${plural}`}
      {...(failed && { empty: <ProblemPanel error={query.error} onRetry={() => void query.refetch()} /> })}
      ariaLabels={{
        tableLabel: props.title,
        selectionGroupLabel: `Selection of ${plural}`,
        allItemsSelectionLabel: () => `Select all ${plural}`,
        itemSelectionLabel: (_, row) => `Select ${trackBy(row.item)}`,
      }}
      header={
        <Header
          variant={props.headingTag ?? "awsui-h1-sticky"}
          counter={query.data ? countText(selected.length, query.data.length) : ""}
          actions={props.actions?.(selected)}
          {...(props.description && { description: props.description })}
          {...(props.info && { info: props.info })}
        >
          {props.title}
        </Header>
      }
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          filteringPlaceholder={`Find ${plural}`}
          filteringAriaLabel={`Find ${plural}`}
          countText={`${filteredItemsCount ?? 0} ${filteredItemsCount === 1 ? "match" : "matches"}`}
          expandToViewport
        />
      }
      pagination={<Pagination {...paginationProps} />}
      preferences={
        <ListPreferencesButton
          settled={query.data !== undefined}
          columns={columns}
          value={preferences}
          onChange={setPreferences}
          plural={plural}
        />
      }
    />
  );
}

const countText = (selected: number, total: number): string => (selected > 0 ? `(${selected}/${total})` : `(${total})`);
