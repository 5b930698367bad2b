import type { AliasConfiguration, FunctionConfiguration } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { paths } from "../../../app/paths.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { formatBytes } from "../../../shared/format.ts";
import { Moment } from "../../../shared/moment.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../../shared/resource-table.tsx";
import { AliasDialog } from "../aliases/alias-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { DeleteVersionDialog } from "./delete-version-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { sharesOf } from "./shares.ts";
import { useAliases, useVersions } from "./use-versions.ts";

type Dialog = "publish" | "alias" | "delete";

/** The function's published versions, and the aliases that lead to each. */
export function VersionsTab() {
  const { functionName } = useCurrentFunction();
  const versions = useVersions(functionName);
  const aliases = useAliases(functionName).data;
  const columns = useMemo(() => columnsOf(functionName, aliases ?? []), [functionName, aliases]);
  const [dialog, setDialog] = useState<{ readonly kind: Dialog; readonly version?: string }>();
  const close = (): void => setDialog(undefined);
  const publish = (
    <Button key="publish" onClick={() => setDialog({ kind: "publish" })}>
      Publish new version
    </Button>
  );
  return (
    <>
      <ResourceTable<FunctionConfiguration>
        id="versions"
        title="Versions"
        plural="versions"
        query={versions}
        columns={columns}
        trackBy={({ Version = "" }) => `version ${Version}`}
        variant="container"
        headingTag="h2"
        selectionType="single"
        description="Each is the code and the configuration as they were when it was published."
        actions={([chosen]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              key="delete"
              {...deletable(chosen, aliases ?? [])}
              onClick={() => setDialog({ kind: "delete", version: chosen?.Version ?? "" })}
            >
              Delete
            </Button>
            <Button
              key="alias"
              disabled={!chosen}
              disabledReason="Choose a version first"
              onClick={() => setDialog({ kind: "alias", version: chosen?.Version ?? "" })}
            >
              Create alias
            </Button>
            {publish}
          </SpaceBetween>
        )}
        empty={
          <EmptyState title="No versions" actions={publish}>
            A version keeps what runs now, code and configuration, while you go on changing $LATEST. Aliases lead callers to versions.
          </EmptyState>
        }
      />
      {dialog?.kind === "publish" && <PublishDialog onClose={close} />}
      {dialog?.kind === "alias" && <AliasDialog version={dialog.version} onClose={close} />}
      {dialog?.kind === "delete" && <DeleteVersionDialog version={dialog.version ?? ""} onClose={close} />}
    </>
  );
}

const aliasesTo = (aliases: readonly AliasConfiguration[], version: string | undefined): AliasConfiguration[] =>
  aliases.filter((alias) => sharesOf(alias).some((share) => share.version === version));

function deletable(chosen: FunctionConfiguration | undefined, aliases: readonly AliasConfiguration[]) {
  if (!chosen) return { disabled: true, disabledReason: "Choose a version first" };
  const [user] = aliasesTo(aliases, chosen.Version);
  if (!user) return {};
  return { disabled: true, disabledReason: `The alias ${user.Name} leads to it: let the alias lead elsewhere first` };
}

function columnsOf(functionName: string, aliases: readonly AliasConfiguration[]): readonly ResourceColumn<FunctionConfiguration>[] {
  return [
    {
      id: "Version",
      header: "Version",
      cell: ({ Version = "" }) => <PageLink to={paths.function(functionName, "code", Version)}>{Version}</PageLink>,
      value: ({ Version }) => Number(Version),
      width: 110,
    },
    {
      id: "Aliases",
      header: "Aliases",
      cell: ({ Version = "" }) => <AliasLinks functionName={functionName} version={Version} aliases={aliases} />,
      value: ({ Version }) =>
        aliasesTo(aliases, Version)
          .map(({ Name }) => Name)
          .join(", "),
      filterGroup: "Aliases",
      width: 210,
    },
    {
      id: "Description",
      header: "Description",
      cell: ({ Description }) => Description || "-",
      value: ({ Description }) => Description ?? "",
      filterGroup: "Descriptions",
      width: 280,
    },
    {
      id: "LastModified",
      header: "Published",
      cell: ({ LastModified }) => <Moment time={LastModified} />,
      value: ({ LastModified = "" }) => Date.parse(LastModified),
      width: 170,
    },
    {
      id: "Runtime",
      header: "Runtime",
      cell: ({ Runtime }) => Runtime ?? "-",
      value: ({ Runtime }) => Runtime ?? "",
      filterGroup: "Runtimes",
      width: 130,
    },
    {
      id: "CodeSize",
      header: "Package size",
      cell: ({ CodeSize = 0 }) => formatBytes(CodeSize),
      value: ({ CodeSize }) => CodeSize ?? 0,
      hidden: true,
      width: 130,
    },
  ];
}

interface AliasLinksProps {
  readonly functionName: string;
  readonly version: string;
  readonly aliases: readonly AliasConfiguration[];
}

function AliasLinks({ functionName, version, aliases }: AliasLinksProps) {
  const leading = aliasesTo(aliases, version);
  if (leading.length === 0) return "-";
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {leading.map((alias) => {
        const percent = sharesOf(alias).find((share) => share.version === version)?.percent ?? 0;
        return (
          <span key={alias.Name} className="nowrap">
            <PageLink to={paths.function(functionName, "configuration", alias.Name)}>{alias.Name}</PageLink>
            {percent < 100 && ` ${percent}%`}
          </span>
        );
      })}
    </SpaceBetween>
  );
}
