import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Role } from "@aws-sdk/client-iam";
import { useState } from "react";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { Moment } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { trustedEntities } from "../trust-in-words.ts";
import { DeleteRolesDialog } from "./delete-roles-dialog.tsx";
import { RefreshButton } from "../../shared/refresh-button.tsx";

const trustOf = ({ AssumeRolePolicyDocument }: Role): string => trustedEntities(AssumeRolePolicyDocument).join(", ");

const columns: readonly ResourceColumn<Role>[] = [
  {
    id: "RoleName",
    header: "Role name",
    filterGroup: "Role names",
    value: ({ RoleName }) => RoleName,
    cell: ({ RoleName = "" }) => <PageLink to={paths.role(RoleName)}>{RoleName}</PageLink>,
    width: 210,
  },
  {
    id: "Trusted",
    header: "Trusted entities",
    filterGroup: "Trusted entities",
    value: trustOf,
    cell: (role) => trustOf(role) || "-",
    width: 190,
  },
  {
    id: "Description",
    header: "Description",
    filterGroup: "Descriptions",
    value: ({ Description }) => Description,
    cell: ({ Description }) => Description || "-",
  },
  {
    id: "CreateDate",
    header: "Created",
    value: ({ CreateDate }) => CreateDate?.getTime(),
    cell: ({ CreateDate }) => <Moment time={CreateDate} />,
    width: 170,
  },
];

/** The account's roles. */
export function RolesPage() {
  usePage({
    title: "Roles",
    help: "roles",
    contentType: "table",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Roles", href: paths.roles },
    ],
  });
  const roles = useAwsAll("iam", "ListRoles", {}, paging.ListRoles);
  return (
    <ResourceTable
      id="roles"
      title="Roles"
      description="A role is a set of permissions that a function, a service or somebody of an account takes on for a time."
      info={<InfoLink topic="roles" about="roles" />}
      plural="roles"
      query={roles}
      columns={columns}
      trackBy={({ RoleName }) => RoleName ?? ""}
      sortedBy={{ id: "RoleName" }}
      selectionType="multi"
      actions={(selected) => <ListActions query={roles} selected={selected.map(({ RoleName }) => RoleName ?? "")} />}
      empty={
        <EmptyState title="No roles" actions={<CreateButton variant="normal" />}>
          A role is a set of permissions that a function, a service or an account takes on. Creating a function creates one.
        </EmptyState>
      }
    />
  );
}

interface ListActionsProps {
  readonly query: { readonly isFetching: boolean; readonly refetch: () => Promise<unknown> };
  readonly selected: readonly string[];
}

function ListActions({ query, selected }: ListActionsProps) {
  const [deleting, setDeleting] = useState<readonly string[]>();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <RefreshButton key="refresh" query={query} what="roles" />
      <Button key="delete" disabled={selected.length === 0} disabledReason="Select roles first" onClick={() => setDeleting(selected)}>
        Delete
      </Button>
      <CreateButton key="create" variant="primary" />
      {deleting && <DeleteRolesDialog key="dialog" roleNames={deleting} onClose={() => setDeleting(undefined)} />}
    </SpaceBetween>
  );
}

function CreateButton({ variant }: { readonly variant: "primary" | "normal" }) {
  return (
    <Button variant={variant} href={hrefOf(paths.createRole)} onFollow={useFollow()}>
      Create role
    </Button>
  );
}
