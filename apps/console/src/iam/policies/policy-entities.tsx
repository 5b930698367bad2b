import type { Policy } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAws } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { paths } from "../../app/paths.ts";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";

interface Entity {
  readonly kind: "Role" | "User";
  readonly name: string;
}

const pathOf: Readonly<Record<Entity["kind"], (name: string) => string>> = { Role: paths.role, User: paths.user };

/** Who has the policy. */
export function PolicyEntities({ policy: { Arn = "", PolicyName = "" } }: { readonly policy: Policy }) {
  const cache = useQueryClient();
  const found = useAws("iam", "ListEntitiesForPolicy", { PolicyArn: Arn });
  const [chosen, setChosen] = useState<readonly Entity[]>([]);
  const [detaching, setDetaching] = useState(false);
  const { PolicyRoles = [], PolicyUsers = [] } = found.data ?? {};
  const entities = [
    ...PolicyRoles.map(({ RoleName = "" }): Entity => ({ kind: "Role", name: RoleName })),
    ...PolicyUsers.map(({ UserName = "" }): Entity => ({ kind: "User", name: UserName })),
  ];
  const detach = async (): Promise<void> => {
    for (const { kind, name } of chosen) {
      if (kind === "Role") await send("iam", "DetachRolePolicy", { RoleName: name, PolicyArn: Arn });
      else await send("iam", "DetachUserPolicy", { UserName: name, PolicyArn: Arn });
    }
    setChosen([]);
    await cache.invalidateQueries({ queryKey: keyOf("iam") });
  };
  return (
    <>
      <Table<Entity>
        ariaLabels={{
          tableLabel: "Entities attached",
          selectionGroupLabel: "Entities",
          allItemsSelectionLabel: () => "Select all entities",
          itemSelectionLabel: (_, { name }) => `Select ${name}`,
        }}
        selectionType="multi"
        trackBy={({ kind, name }) => `${kind}/${name}`}
        selectedItems={[...chosen]}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems)}
        header={
          <Header
            variant="h2"
            counter={found.data ? `(${entities.length})` : ""}
            actions={
              <Button disabled={chosen.length === 0} disabledReason="Select entities first" onClick={() => setDetaching(true)}>
                Detach
              </Button>
            }
          >
            Entities attached
          </Header>
        }
        loading={found.isPending}
        loadingText="Loading entities"
        items={entities}
        columnDefinitions={[
          {
            id: "name",
            header: "Name",
            isRowHeader: true,
            cell: ({ kind, name }) => <PageLink to={pathOf[kind](name)}>{name}</PageLink>,
          },
          { id: "kind", header: "Type", cell: ({ kind }) => kind },
        ]}
        empty={
          found.error ? (
            <ProblemPanel error={found.error} onRetry={() => void found.refetch()} />
          ) : (
            <EmptyState title="Nobody has this policy">Attach it on the page of a role or user.</EmptyState>
          )
        }
      />
      {detaching && (
        <ConfirmDialog title={`Detach ${PolicyName}?`} action="Detach" onConfirm={detach} onClose={() => setDetaching(false)}>
          {chosen.map(({ name }) => name).join(", ")} will lose these permissions at once.
        </ConfirmDialog>
      )}
    </>
  );
}
