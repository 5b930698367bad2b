import Button from "@cloudscape-design/components/button";
import type { Role } from "@aws-sdk/client-iam";
import { useState } from "react";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { trustedEntities } from "../trust-in-words.ts";
import { DeleteRolesDialog } from "./delete-roles-dialog.tsx";

const trustOf = ({ AssumeRolePolicyDocument }: Role): string => trustedEntities(AssumeRolePolicyDocument).join(", ");

const columns: readonly ResourceColumn<Role>[] = [
  {
    id: "RoleName",
    header: "Role name",
    filterGroup: "Role names",
    value: ({ RoleName }) => RoleName,
    cell: ({ RoleName }) => RoleName,
    width: 320,
  },
  { id: "Trusted", header: "Trusted entities", filterGroup: "Trusted entities", value: trustOf, cell: (role) => trustOf(role) || "-" },
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
      plural="roles"
      query={roles}
      columns={columns}
      trackBy={({ RoleName }) => RoleName ?? ""}
      sortedBy={{ id: "RoleName" }}
      selectionType="multi"
      actions={(selected) => <DeleteButton roleNames={selected.map(({ RoleName }) => RoleName ?? "")} />}
      empty={
        <EmptyState title="No roles">
          A role is a set of permissions that a function, a service or an account takes on. Creating a function creates one.
        </EmptyState>
      }
    />
  );
}

function DeleteButton({ roleNames }: { readonly roleNames: readonly string[] }) {
  const [deleting, setDeleting] = useState<readonly string[]>();
  return (
    <>
      <Button disabled={roleNames.length === 0} disabledReason="Select roles first" onClick={() => setDeleting(roleNames)}>
        Delete
      </Button>
      {deleting && <DeleteRolesDialog roleNames={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
