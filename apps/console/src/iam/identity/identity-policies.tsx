import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { paths } from "../../app/paths.ts";
import type { Answer } from "../../shared/answer.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { PolicyDocument } from "../policy-editor/policy-document.tsx";
import { isAwsManaged } from "../policy-name.ts";
import type { IdentityDocument } from "./identity-documents.ts";
import { RemovePoliciesDialog } from "./remove-policies-dialog.tsx";

interface IdentityPoliciesProps {
  readonly query: Answer<readonly IdentityDocument[]>;
  /** `attach`, `inline`, or `inline:NAME` of a policy that is there. */
  readonly onEdit: (what: string) => void;
}

/** The policies of the role or user, attached and inline; each shows what it says. */
export function IdentityPolicies({ query, onEdit }: IdentityPoliciesProps) {
  const [selected, setSelected] = useState<readonly IdentityDocument[]>([]);
  const [removing, setRemoving] = useState(false);
  const [viewedKey, setViewedKey] = useState<string>();
  const policies = query.data ?? [];
  // What was removed, or is gone in the meantime, is not selected any more.
  const chosen = policies.filter((policy) => selected.some((one) => keyOfPolicy(one) === keyOfPolicy(policy)));
  const viewed = policies.find((policy) => keyOfPolicy(policy) === viewedKey);
  const view = (policy: IdentityDocument): void => setViewedKey(viewed === policy ? undefined : keyOfPolicy(policy));
  return (
    <>
      <Table<IdentityDocument>
        footer={viewed && <Viewed policy={viewed} />}
        wrapLines
        items={policies}
        trackBy={keyOfPolicy}
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        loading={query.data === undefined && !query.error}
        loadingText="Loading policies"
        columnDefinitions={columnsWith(viewed, view, onEdit)}
        ariaLabels={{
          tableLabel: "Permissions policies",
          selectionGroupLabel: "Selection of policies",
          allItemsSelectionLabel: () => "Select all policies",
          itemSelectionLabel: (_, { name }) => `Select ${name}`,
        }}
        header={
          <Header
            variant="h2"
            counter={query.data ? `(${policies.length})` : ""}
            actions={<TableActions chosen={chosen} onRemove={() => setRemoving(true)} onEdit={onEdit} />}
          >
            Permissions policies
          </Header>
        }
        empty={
          query.error ? (
            <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <EmptyState title="No policies" actions={<Button onClick={() => onEdit("attach")}>Attach policies</Button>}>
              Without a policy nothing is allowed.
            </EmptyState>
          )
        }
      />
      {removing && <RemovePoliciesDialog policies={chosen} onClose={() => setRemoving(false)} />}
    </>
  );
}

const keyOfPolicy = ({ name, arn }: IdentityDocument): string => arn ?? `inline:${name}`;

interface TableActionsProps {
  readonly chosen: readonly IdentityDocument[];
  readonly onRemove: () => void;
  readonly onEdit: (what: string) => void;
}

function TableActions({ chosen, onRemove, onEdit }: TableActionsProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button key="remove" disabled={chosen.length === 0} disabledReason="Select policies first" onClick={onRemove}>
        Remove
      </Button>
      <ButtonDropdown
        key="add"
        items={[
          { id: "attach", text: "Attach policies" },
          { id: "inline", text: "Create inline policy" },
        ]}
        onItemClick={({ detail }) => onEdit(detail.id)}
      >
        Add permissions
      </ButtonDropdown>
    </SpaceBetween>
  );
}

const columnsWith = (
  viewed: IdentityDocument | undefined,
  view: (policy: IdentityDocument) => void,
  onEdit: (what: string) => void,
): readonly TableProps.ColumnDefinition<IdentityDocument>[] => [
  {
    id: "name",
    header: "Policy name",
    isRowHeader: true,
    cell: ({ name, arn }) => (arn === undefined ? name : <PageLink to={paths.policy(arn)}>{name}</PageLink>),
  },
  { id: "type", header: "Type", cell: typeInWords },
  {
    id: "document",
    header: "Document",
    cell: (policy) => (
      <SpaceBetween direction="horizontal" size="m">
        <Button
          key="view"
          variant="inline-link"
          ariaLabel={`${policy === viewed ? "Hide" : "View"} ${policy.name}`}
          ariaExpanded={policy === viewed}
          onClick={() => view(policy)}
        >
          {policy === viewed ? "Hide" : "View"}
        </Button>
        {policy.arn === undefined && (
          <Button key="edit" variant="inline-link" ariaLabel={`Edit ${policy.name}`} onClick={() => onEdit(`inline:${policy.name}`)}>
            Edit
          </Button>
        )}
      </SpaceBetween>
    ),
  },
];

function typeInWords({ arn }: IdentityDocument): string {
  if (arn === undefined) return "Customer inline";
  return isAwsManaged(arn) ? "AWS managed" : "Customer managed";
}

/** What a policy says, under the table. */
function Viewed({ policy: { name, document } }: { readonly policy: IdentityDocument }) {
  return (
    <SpaceBetween size="xs">
      <Header key="name" variant="h3">
        {name}
      </Header>
      <PolicyDocument key="document" document={document} kind="identity" ariaLabel={`Document of ${name}`} />
    </SpaceBetween>
  );
}
