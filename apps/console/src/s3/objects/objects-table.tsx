import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import Toggle from "@cloudscape-design/components/toggle";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import type { OfBucket } from "../bucket.ts";
import type { ChosenFile } from "../upload/dropped-files.ts";
import { UploadButton } from "../upload/upload-button.tsx";
import { entryId, entryName, type Entry } from "./entry.ts";
import { readPage, type ListedPage, type PageToken } from "./listing.ts";
import { ObjectActions } from "./object-actions.tsx";
import { objectColumns } from "./object-columns.tsx";

interface ObjectsTableProps extends OfBucket {
  readonly prefix: string;
  readonly hasVersions: boolean;
  readonly isVersioned: boolean;
  readonly onVersions: (isOn: boolean) => void;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
}

/** Lines of a page. */
const pageSize = 100;

/** A folder of a bucket, page by page as the server has them. */
export function ObjectsTable({ bucket, prefix, hasVersions, isVersioned, onVersions, onFiles }: ObjectsTableProps) {
  const [find, setFind] = useState("");
  const [selected, setSelected] = useState<readonly Entry[]>([]);
  // Of the pages up to this one, and the next one if there is one: S3 leads from each to the next only.
  const [tokens, setTokens] = useState<readonly (PageToken | undefined)[]>([undefined]);
  const [page, setPage] = useState(1);
  const listing = { bucket, prefix: `${prefix}${find}`, hasVersions, pageSize };
  const token = tokens[page - 1];
  const query = useQuery<ListedPage>({
    queryKey: [...keyOf("s3", hasVersions ? "ListObjectVersions" : "ListObjectsV2", listing), token],
    queryFn: ({ signal }) => readPage(listing, token, signal),
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;
  const begin = (): void => {
    setTokens([undefined]);
    setPage(1);
    setSelected([]);
  };
  const turn = (to: number): void => {
    if (to > tokens.length && data?.next) setTokens([...tokens, data.next]);
    if (to <= tokens.length || data?.next) setPage(to);
    setSelected([]);
  };
  const upload = <UploadButton key="upload" onFiles={onFiles} />;
  const present = new Set(data?.entries.map(entryId));
  const chosen = selected.filter((entry) => present.has(entryId(entry)));
  return (
    <Table<Entry>
      variant="container"
      stickyHeader
      resizableColumns
      enableKeyboardNavigation
      selectionType="multi"
      items={data?.entries ?? []}
      trackBy={entryId}
      selectedItems={[...chosen]}
      onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
      loading={data === undefined && error === null}
      loadingText="Loading objects"
      columnDefinitions={objectColumns(bucket, prefix, hasVersions)}
      ariaLabels={{
        tableLabel: "Objects",
        selectionGroupLabel: "Selection of objects",
        allItemsSelectionLabel: () => "Select all objects",
        itemSelectionLabel: (_, entry) => `Select ${entryName(entry.key, prefix)}`,
      }}
      header={
        <Header
          variant="h2"
          counter={data ? countText(chosen.length, data) : ""}
          info={<InfoLink topic="objects" about="objects" />}
          actions={
            <ObjectActions
              bucket={bucket}
              prefix={prefix}
              chosen={chosen}
              hasVersions={hasVersions}
              isVersioned={isVersioned}
              isFetching={query.isFetching}
              onRefresh={() => {
                begin();
                void query.refetch();
              }}
              upload={upload}
            />
          }
        >
          Objects
        </Header>
      }
      filter={
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          <TextFilter
            key="find"
            filteringText={find}
            filteringPlaceholder="Find objects by prefix"
            filteringAriaLabel="Find objects by prefix"
            onChange={({ detail }) => {
              setFind(detail.filteringText);
              begin();
            }}
          />
          <Toggle
            key="versions"
            checked={hasVersions}
            onChange={({ detail }) => {
              onVersions(detail.checked);
              begin();
            }}
          >
            Show versions
          </Toggle>
        </SpaceBetween>
      }
      pagination={
        <Pagination
          currentPageIndex={page}
          pagesCount={Math.max(tokens.length, page)}
          openEnd={data?.next !== undefined}
          ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (number) => `Page ${number}` }}
          onChange={({ detail }) => turn(detail.currentPageIndex)}
        />
      }
      empty={
        data === undefined && error !== null ? (
          <ProblemPanel error={error} subject={`bucket ${bucket}`} onRetry={() => void query.refetch()} />
        ) : find !== "" ? (
          <Box textAlign="center">Nothing here begins with {find}.</Box>
        ) : (
          <EmptyState title="No objects" actions={upload}>
            Drop files and folders here, or choose Upload.
          </EmptyState>
        )
      }
    />
  );
}

const countText = (selected: number, { entries, next }: ListedPage): string => {
  const all = `${entries.length}${next === undefined ? "" : "+"}`;
  return selected > 0 ? `(${selected}/${all})` : `(${all})`;
};
