import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { paths } from "../../../app/paths.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../../shared/resource-table.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { sharesOf } from "../versions/shares.ts";
import { useAliases } from "../versions/use-versions.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { DeleteAliasDialog } from "./delete-alias-dialog.tsx";

type Dialog = "create" | "edit" | "delete";

/** The names that callers know the function by, and the versions that they lead to. */
export function AliasesTab() {
  const { functionName } = useCurrentFunction();
  const aliases = useAliases(functionName);
  const columns = useMemo(() => columnsOf(functionName), [functionName]);
  const [dialog, setDialog] = useState<{ readonly kind: Dialog; readonly alias?: AliasConfiguration | undefined }>();
  const close = (): void => setDialog(undefined);
  const create = (
    <Button key="create" onClick={() => setDialog({ kind: "create" })}>
      Create alias
    </Button>
  );
  return (
    <>
      <ResourceTable<AliasConfiguration>
        id="aliases"
        title="Aliases"
        plural="aliases"
        query={aliases}
        columns={columns}
        trackBy={({ Name = "" }) => Name}
        variant="container"
        headingTag="h2"
        selectionType="single"
        description="An alias is a name that callers keep while you change which version it leads to."
        actions={([chosen]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              key="delete"
              disabled={!chosen}
              disabledReason="Choose an alias first"
              onClick={() => setDialog({ kind: "delete", alias: chosen })}
            >
              Delete
            </Button>
            <Button
              key="edit"
              disabled={!chosen}
              disabledReason="Choose an alias first"
              onClick={() => setDialog({ kind: "edit", alias: chosen })}
            >
              Edit
            </Button>
            {create}
          </SpaceBetween>
        )}
        empty={
          <EmptyState title="No aliases" actions={create}>
            Give callers a name such as live, and let it lead to a version. To release, let it lead to another one, at once or by parts.
          </EmptyState>
        }
      />
      {dialog?.kind === "create" && <AliasDialog onClose={close} />}
      {dialog?.kind === "edit" && dialog.alias && <AliasDialog alias={dialog.alias} onClose={close} />}
      {dialog?.kind === "delete" && <DeleteAliasDialog name={dialog.alias?.Name ?? ""} onClose={close} />}
    </>
  );
}

const routeText = (alias: AliasConfiguration): string =>
  sharesOf(alias)
    .map(({ version, percent }) => (percent === 100 ? version : `${version} (${percent}%)`))
    .join(", ");

function columnsOf(functionName: string): readonly ResourceColumn<AliasConfiguration>[] {
  return [
    {
      id: "Name",
      header: "Name",
      cell: ({ Name = "" }) => <PageLink to={paths.function(functionName, "code", Name)}>{Name}</PageLink>,
      value: ({ Name }) => Name,
      filterGroup: "Names",
      width: 220,
    },
    {
      id: "Versions",
      header: "Versions",
      cell: (alias) => routeText(alias),
      value: (alias) => routeText(alias),
      filterGroup: "Versions",
      width: 220,
    },
    {
      id: "Description",
      header: "Description",
      cell: ({ Description }) => Description || "-",
      value: ({ Description }) => Description ?? "",
      filterGroup: "Descriptions",
      width: 320,
    },
  ];
}
