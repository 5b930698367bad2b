import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
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
import { DeleteUsersDialog } from "./delete-users-dialog.tsx";
import { RefreshButton } from "../../shared/refresh-button.tsx";

const columns: readonly ResourceColumn<User>[] = [
  {
    id: "UserName",
    header: "User name",
    filterGroup: "User names",
    value: ({ UserName }) => UserName,
    cell: ({ UserName = "" }) => <PageLink to={paths.user(UserName)}>{UserName}</PageLink>,
    width: 320,
  },
  {
    id: "PasswordLastUsed",
    header: "Last console sign-in",
    value: ({ PasswordLastUsed }) => PasswordLastUsed?.getTime(),
    cell: ({ PasswordLastUsed }) => (PasswordLastUsed ? <Moment time={PasswordLastUsed} /> : "-"),
    width: 220,
  },
  { id: "Arn", header: "ARN", filterGroup: "ARNs", value: ({ Arn }) => Arn, cell: ({ Arn }) => Arn },
  {
    id: "CreateDate",
    header: "Created",
    value: ({ CreateDate }) => CreateDate?.getTime(),
    cell: ({ CreateDate }) => <Moment time={CreateDate} />,
    width: 170,
  },
];

/** The account's users. */
export function UsersPage() {
  usePage({
    title: "Users",
    help: "users",
    contentType: "table",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Users", href: paths.users },
    ],
  });
  const users = useAwsAll("iam", "ListUsers", {}, paging.ListUsers);
  return (
    <ResourceTable
      id="users"
      title="Users"
      description="A user is somebody, or a program, with credentials of their own: a password for this console, access keys for the aws CLI and SDKs."
      info={<InfoLink topic="users" about="users" />}
      plural="users"
      query={users}
      columns={columns}
      trackBy={({ UserName }) => UserName ?? ""}
      sortedBy={{ id: "UserName" }}
      selectionType="multi"
      actions={(selected) => <ListActions query={users} selected={selected.map(({ UserName = "" }) => UserName)} />}
      empty={
        <EmptyState title="No users" actions={<CreateButton variant="normal" />}>
          You are signed in as the root user, who may do everything. A user of their own for each person and program may do what their
          policies say.
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
      <RefreshButton key="refresh" query={query} what="users" />
      <Button key="delete" disabled={selected.length === 0} disabledReason="Select users first" onClick={() => setDeleting(selected)}>
        Delete
      </Button>
      <CreateButton key="create" variant="primary" />
      {deleting && <DeleteUsersDialog key="dialog" userNames={deleting} onClose={() => setDeleting(undefined)} />}
    </SpaceBetween>
  );
}

function CreateButton({ variant }: { readonly variant: "primary" | "normal" }) {
  return (
    <Button variant={variant} href={hrefOf(paths.createUser)} onFollow={useFollow()}>
      Create user
    </Button>
  );
}
