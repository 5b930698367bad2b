import { useCollection } from "@cloudscape-design/collection-hooks";
import type { Policy } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useMemo, useState } from "react";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { hrefOf } from "../app/follow.ts";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { ProblemPanel } from "../shared/problem-panel.tsx";
import { isAwsManaged, policyNameOf } from "./policy-name.ts";
import { usePolicyPreview } from "./use-policy-preview.tsx";
import "./policy-picker.css";

interface PolicyPickerProps {
  /** `Permissions policies` */
  readonly title: string;
  readonly description?: string;
  /** ARNs. */
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
  /** These are not offered. ARNs. */
  readonly without?: ReadonlySet<string>;
}

const types = [
  { value: "all", label: "All types" },
  { value: "aws", label: "AWS managed" },
  { value: "customer", label: "Customer managed" },
] as const;

const pageSize = 15;

/** Chooses among all managed policies; a policy's name shows what it says. */
export function PolicyPicker({ title, description, selected, onChange, without }: PolicyPickerProps) {
  const query = useAwsAll("iam", "ListPolicies", {}, paging.ListPolicies);
  const [type, setType] = useState<(typeof types)[number]>(types[0]);
  const preview = usePolicyPreview();
  const offered = useMemo(() => (query.data ?? []).filter(({ Arn = "" }) => !without?.has(Arn)), [query.data, without]);
  const shown = offered.filter(({ Arn = "" }) => type.value === "all" || isAwsManaged(Arn) === (type.value === "aws"));
  const { items, actions, filterProps, filteredItemsCount, paginationProps, collectionProps } = useCollection(shown, {
    filtering: { fields: ["PolicyName"], noMatch: <NoMatch onClear={() => actions.setFiltering("")} /> },
    pagination: { pageSize },
    sorting: { defaultState: { sortingColumn: { sortingField: "PolicyName" } } },
  });
  const chosen = offered.filter(({ Arn = "" }) => selected.includes(Arn));
  const toggle = (now: readonly Policy[]): void => {
    // Those that a filter hides stay selected.
    const inSight = new Set(items.map(({ Arn }) => Arn));
    onChange([...selected.filter((arn) => !inSight.has(arn)), ...now.flatMap(({ Arn = "" }) => (inSight.has(Arn) ? [Arn] : []))]);
  };
  const gone = query.data ? selected.filter((arn) => !query.data.some(({ Arn }) => Arn === arn)) : [];
  return (
    <SpaceBetween size="s">
      {gone.length > 0 && <GonePolicies key="gone" arns={gone} onRemove={() => onChange(selected.filter((arn) => !gone.includes(arn)))} />}
      <Table<Policy>
        key="table"
        {...collectionProps}
        items={items}
        trackBy="Arn"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => toggle(detail.selectedItems)}
        loading={query.isPending}
        loadingText="Loading policies"
        columnDefinitions={columnsWith(preview)}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: "Selection of policies",
          allItemsSelectionLabel: () => "Select all policies",
          itemSelectionLabel: (_, { PolicyName }) => `Select ${PolicyName ?? ""}`,
        }}
        header={
          <Header
            variant="h2"
            counter={query.data ? `(${chosen.length > 0 ? `${chosen.length}/` : ""}${offered.length})` : ""}
            {...(description && { description })}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  key="refresh"
                  iconName="refresh"
                  ariaLabel="Refresh policies"
                  formAction="none"
                  onClick={() => void query.refetch()}
                />
                <Button
                  key="create"
                  href={hrefOf(paths.createPolicy)}
                  target="_blank"
                  iconName="external"
                  iconAlign="right"
                  ariaLabel="Create policy (opens in a new tab)"
                >
                  Create policy
                </Button>
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={
          <div className="policy-filter">
            <TextFilter
              {...filterProps}
              filteringAriaLabel="Find policies"
              filteringPlaceholder="Find policies"
              countText={`${filteredItemsCount ?? 0} ${filteredItemsCount === 1 ? "match" : "matches"}`}
            />
            <Select
              ariaLabel="Filter by type"
              options={types}
              selectedOption={type}
              onChange={({ detail }) => setType(types.find(({ value }) => value === detail.selectedOption.value) ?? types[0])}
            />
          </div>
        }
        pagination={<Pagination {...paginationProps} />}
        empty={
          query.error ? (
            <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />
          ) : type.value === "all" ? (
            <EmptyState title="No policies to choose">All that there are is attached already.</EmptyState>
          ) : (
            <EmptyState title={`No ${type.label} policies`}>Create policy makes one that you manage.</EmptyState>
          )
        }
      />
    </SpaceBetween>
  );
}

const columnsWith = (preview: (arn: string) => void): readonly TableProps.ColumnDefinition<Policy>[] => [
  {
    id: "name",
    header: "Policy name",
    sortingField: "PolicyName",
    isRowHeader: true,
    cell: ({ PolicyName = "", Arn = "" }) => (
      <Button variant="inline-link" formAction="none" ariaLabel={`${PolicyName}: preview`} onClick={() => preview(Arn)}>
        {PolicyName}
      </Button>
    ),
  },
  { id: "type", header: "Type", cell: ({ Arn = "" }) => (isAwsManaged(Arn) ? "AWS managed" : "Customer managed") },
  {
    id: "used",
    header: "Attached to",
    sortingField: "AttachmentCount",
    cell: ({ AttachmentCount = 0 }) => (AttachmentCount === 1 ? "1 user or role" : `${AttachmentCount} users or roles`),
  },
];

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <Box textAlign="center">
      <SpaceBetween size="s">
        <Box key="text">No policies match the filter.</Box>
        <Button key="clear" formAction="none" onClick={onClear}>
          Clear filter
        </Button>
      </SpaceBetween>
    </Box>
  );
}

function GonePolicies({ arns, onRemove }: { readonly arns: readonly string[]; readonly onRemove: () => void }) {
  const one = arns.length === 1;
  return (
    <Alert
      type="warning"
      action={
        <Button formAction="none" onClick={onRemove}>
          {one ? "Remove it from the selection" : "Remove them from the selection"}
        </Button>
      }
    >
      {arns.map(policyNameOf).join(", ")} {one ? "does" : "do"} not exist any more.
    </Alert>
  );
}
