import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { Pair } from "../functions/detail/configuration/pairs.ts";
import { EmptyState } from "./empty-state.tsx";

interface TagsTableProps {
  readonly tags: readonly Pair[];
  /** What tags of such a thing are for: said where there are none. */
  readonly children?: ReactNode;
}

/** The tags of something. */
export function TagsTable({ tags, children }: TagsTableProps) {
  return (
    <Table<Pair>
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: "Tags" }}
      items={tags}
      columnDefinitions={[
        { id: "key", header: "Key", cell: ({ key }) => key, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ value }) => value || "-" },
      ]}
      empty={<EmptyState title="No tags">{children}</EmptyState>}
    />
  );
}
