import type { Policy } from "@aws-sdk/client-iam";
import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAws, useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { isAwsManaged } from "../policy-name.ts";
import { DeletePoliciesDialog } from "./delete-policies-dialog.tsx";
import { RefreshButton } from "../../shared/refresh-button.tsx";

const typeOf = ({ Arn = "" }: Policy): string => (isAwsManaged(Arn) ? "AWS managed" : "Customer managed");

const columns: readonly ResourceColumn<Policy>[] = [
  {
    id: "PolicyName",
    header: "Policy name",
    filterGroup: "Policy names",
    value: ({ PolicyName }) => PolicyName,
    cell: ({ PolicyName, Arn = "" }) => <PageLink to={paths.policy(Arn)}>{PolicyName}</PageLink>,
    width: 360,
  },
  {
    id: "Type",
    header: "Type",
    filterGroup: "Types",
    value: typeOf,
    cell: (policy) => <Badge color={isAwsManaged(policy.Arn ?? "") ? "grey" : "blue"}>{typeOf(policy)}</Badge>,
    width: 180,
  },
  {
    id: "AttachmentCount",
    header: "Attached entities",
    value: ({ AttachmentCount }) => AttachmentCount,
    cell: ({ AttachmentCount }) => AttachmentCount ?? 0,
    width: 160,
  },
  {
    id: "Description",
    header: "Description",
    cell: ({ Arn = "" }) => <PolicyDescription arn={Arn} />,
  },
];

/** ListPolicies leaves descriptions out: those of the rows in view are asked for one by one. */
function PolicyDescription({ arn }: { readonly arn: string }) {
  const { data } = useAws("iam", "GetPolicy", { PolicyArn: arn });
  return data?.Policy?.Description || "-";
}

/** The account's managed policies and AWS's. */
export function PoliciesPage() {
  usePage({
    title: "Policies",
    help: "policies",
    contentType: "table",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Policies", href: paths.policies },
    ],
  });
  const policies = useAwsAll("iam", "ListPolicies", {}, paging.ListPolicies);
  return (
    <ResourceTable
      id="policies"
      title="Policies"
      description="A managed policy says what is allowed and denied; roles and users that it is attached to have these permissions."
      info={<InfoLink topic="policies" about="policies" />}
      plural="policies"
      query={policies}
      columns={columns}
      trackBy={({ Arn }) => Arn ?? ""}
      sortedBy={{ id: "PolicyName" }}
      selectionType="multi"
      actions={(selected) => <ListActions query={policies} selected={selected} />}
      empty={
        <EmptyState title="No policies" actions={<CreateButton variant="normal" />}>
          A policy says what is allowed and denied.
        </EmptyState>
      }
    />
  );
}

interface ListActionsProps {
  readonly query: { readonly isFetching: boolean; readonly refetch: () => Promise<unknown> };
  readonly selected: readonly Policy[];
}

function ListActions({ query, selected }: ListActionsProps) {
  const [deleting, setDeleting] = useState<readonly string[]>();
  const arns = selected.map(({ Arn = "" }) => Arn);
  const hasAws = arns.some((arn) => isAwsManaged(arn));
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <RefreshButton key="refresh" query={query} what="policies" />
      <Button
        key="delete"
        disabled={arns.length === 0 || hasAws}
        disabledReason={hasAws ? "AWS's own policies can't be deleted" : "Select policies first"}
        onClick={() => setDeleting(arns)}
      >
        Delete
      </Button>
      <CreateButton key="create" variant="primary" />
      {deleting && <DeletePoliciesDialog key="dialog" arns={deleting} onClose={() => setDeleting(undefined)} />}
    </SpaceBetween>
  );
}

function CreateButton({ variant }: { readonly variant: "primary" | "normal" }) {
  return (
    <Button variant={variant} href={hrefOf(paths.createPolicy)} onFollow={useFollow()}>
      Create policy
    </Button>
  );
}
