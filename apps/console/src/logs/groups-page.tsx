import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { formatBytes } from "../shared/format.ts";
import { InfoLink } from "../shared/info-link.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { CreateLogGroupDialog } from "./create-log-group-dialog.tsx";
import { DeleteLogGroupsDialog } from "./delete-log-groups-dialog.tsx";
import { RetentionDialog } from "./retention-dialog.tsx";
import { retentionText } from "./retention.ts";

const columns: readonly ResourceColumn<LogGroup>[] = [
  {
    id: "logGroupName",
    header: "Log group",
    filterGroup: "Log groups",
    value: ({ logGroupName }) => logGroupName,
    cell: ({ logGroupName = "" }) => <PageLink to={paths.logGroup(logGroupName)}>{logGroupName}</PageLink>,
    width: 360,
  },
  {
    id: "retention",
    header: "Retention",
    filterGroup: "Retentions",
    value: ({ retentionInDays }) => retentionText(retentionInDays),
    cell: ({ retentionInDays }) => retentionText(retentionInDays),
  },
  {
    id: "storedBytes",
    header: "Stored bytes",
    value: ({ storedBytes }) => storedBytes,
    cell: ({ storedBytes = 0 }) => formatBytes(storedBytes),
  },
  {
    id: "creationTime",
    header: "Created",
    value: ({ creationTime }) => creationTime,
    cell: ({ creationTime }) => <Moment time={creationTime} />,
  },
];

type Open = "create" | "delete" | "retention";

/** The region's log groups. */
export function LogGroupsPage() {
  usePage({
    title: "Log groups",
    help: "log-groups",
    contentType: "table",
    breadcrumbs: [{ text: "CloudWatch Logs", href: paths.logGroups }],
  });
  const groups = useAwsAll("logs", "DescribeLogGroups", {}, paging.DescribeLogGroups);
  const [open, setOpen] = useState<{ readonly what: Open; readonly names: readonly string[] }>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <ResourceTable
        id="log-groups"
        title="Log groups"
        plural="log groups"
        info={<InfoLink topic="log-groups" about="log groups" />}
        query={groups}
        columns={columns}
        trackBy={({ logGroupName }) => logGroupName ?? ""}
        selectionType="multi"
        actions={(selected) => (
          <GroupActions names={selected.map(({ logGroupName = "" }) => logGroupName)} onOpen={(what, names) => setOpen({ what, names })} />
        )}
        empty={
          <EmptyState
            title="No log groups"
            actions={[
              <Button key="create" onClick={() => setOpen({ what: "create", names: [] })}>
                Create log group
              </Button>,
            ]}
          >
            A function's group appears by itself when the function first runs.
          </EmptyState>
        }
      />
      {open?.what === "create" && <CreateLogGroupDialog onClose={close} />}
      {open?.what === "delete" && <DeleteLogGroupsDialog names={open.names} onClose={close} />}
      {open?.what === "retention" && open.names[0] && (
        <RetentionDialog
          logGroupName={open.names[0]}
          retentionInDays={groups.data?.find(({ logGroupName }) => logGroupName === open.names[0])?.retentionInDays}
          onClose={close}
        />
      )}
    </>
  );
}

interface GroupActionsProps {
  readonly names: readonly string[];
  readonly onOpen: (what: Open, names: readonly string[]) => void;
}

function GroupActions({ names, onOpen }: GroupActionsProps) {
  const navigate = useNavigate();
  const needSome = { disabled: names.length === 0, disabledReason: "Select log groups first" };
  const needOne = { disabled: names.length !== 1, disabledReason: "Select one log group" };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        key="actions"
        items={[
          { id: "retention", text: "Edit retention", ...needOne },
          { id: "tail", text: "Start tailing", ...needSome },
          { id: "delete", text: "Delete", ...needSome },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === "tail") void navigate(paths.liveTail(names));
          else onOpen(detail.id as Open, names);
        }}
      >
        Actions
      </ButtonDropdown>
      <Button key="create" variant="primary" onClick={() => onOpen("create", [])}>
        Create log group
      </Button>
    </SpaceBetween>
  );
}
