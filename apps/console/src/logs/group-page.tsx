import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { LogStream } from "@aws-sdk/client-cloudwatch-logs";
import { useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws, useAwsAll } from "../api/hooks.ts";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { CopyText } from "../shared/copy-text.tsx";
import { EmptyState } from "../shared/empty-state.tsx";
import { formatBytes } from "../shared/format.ts";
import { Loaded } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { DeleteLogGroupsDialog } from "./delete-log-groups-dialog.tsx";
import { RetentionDialog } from "./retention-dialog.tsx";
import { retentionText } from "./retention.ts";

const streamPaging = {
  next: (output: { nextToken?: string | undefined }, input: object) =>
    output.nextToken ? { logGroupName: "", ...input, nextToken: output.nextToken } : undefined,
  items: (output: { logStreams?: LogStream[] | undefined }) => output.logStreams,
};

const columnsOf = (groupName: string): readonly ResourceColumn<LogStream>[] => [
  {
    id: "logStreamName",
    header: "Log stream",
    filterGroup: "Log streams",
    value: ({ logStreamName }) => logStreamName,
    cell: ({ logStreamName = "" }) => <PageLink to={paths.logStream(groupName, logStreamName)}>{logStreamName}</PageLink>,
    width: 460,
  },
  {
    id: "lastEventTimestamp",
    header: "Last event",
    value: ({ lastEventTimestamp }) => lastEventTimestamp,
    cell: ({ lastEventTimestamp }) => <Moment time={lastEventTimestamp} />,
  },
  {
    id: "firstEventTimestamp",
    header: "First event",
    value: ({ firstEventTimestamp }) => firstEventTimestamp,
    cell: ({ firstEventTimestamp }) => <Moment time={firstEventTimestamp} />,
  },
];

/** One log group and its streams. */
export function LogGroupPage() {
  const { groupName = "" } = useParams();
  usePage({
    title: groupName,
    help: "log-groups",
    breadcrumbs: [
      { text: "CloudWatch Logs", href: paths.logGroups },
      { text: groupName, href: paths.logGroup(groupName) },
    ],
  });
  const [open, setOpen] = useState<"delete" | "retention">();
  const columns = useMemo(() => columnsOf(groupName), [groupName]);
  const navigate = useNavigate();
  const groups = useAws("logs", "DescribeLogGroups", { logGroupNamePrefix: groupName });
  const group = groups.data?.logGroups?.find(({ logGroupName }) => logGroupName === groupName);
  const streams = useAwsAll(
    "logs",
    "DescribeLogStreams",
    { logGroupName: groupName, orderBy: "LastEventTime", descending: true },
    streamPaging,
  );
  const close = (): void => setOpen(undefined);
  return (
    <ContentLayout header={<GroupHeader groupName={groupName} onOpen={setOpen} />}>
      <SpaceBetween size="l">
        <Container key="details" header={<Header variant="h2">Log group details</Header>}>
          <Loaded query={groups}>
            {() => (
              <KeyValuePairs
                columns={4}
                items={[
                  { label: "ARN", value: group?.arn ? <CopyText text={group.arn} label="ARN" /> : "-" },
                  { label: "Retention", value: group ? retentionText(group.retentionInDays) : "-" },
                  { label: "Stored bytes", value: formatBytes(group?.storedBytes ?? 0) },
                  { label: "Created", value: <Moment time={group?.creationTime} /> },
                ]}
              />
            )}
          </Loaded>
        </Container>
        <ResourceTable
          key="streams"
          id="log-streams"
          title="Log streams"
          plural="log streams"
          variant="container"
          headingTag="h2"
          query={streams}
          columns={columns}
          trackBy={({ logStreamName }) => logStreamName ?? ""}
          sortedBy={{ id: "lastEventTimestamp", descending: true }}
          empty={<EmptyState title="No log streams">Each environment of a function writes a stream of its own.</EmptyState>}
        />
      </SpaceBetween>
      {open === "delete" && <DeleteLogGroupsDialog names={[groupName]} onClose={close} onDeleted={() => void navigate(paths.logGroups)} />}
      {open === "retention" && <RetentionDialog logGroupName={groupName} retentionInDays={group?.retentionInDays} onClose={close} />}
    </ContentLayout>
  );
}

function GroupHeader({ groupName, onOpen }: { readonly groupName: string; readonly onOpen: (what: "delete" | "retention") => void }) {
  const follow = useFollow();
  return (
    <Header
      variant="h1"
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button key="delete" onClick={() => onOpen("delete")}>
            Delete
          </Button>
          <Button key="retention" onClick={() => onOpen("retention")}>
            Edit retention
          </Button>
          <Button key="tail" href={hrefOf(paths.liveTail([groupName]))} onFollow={follow}>
            Start tailing
          </Button>
          <Button key="search" variant="primary" href={hrefOf(paths.logEvents(groupName))} onFollow={follow}>
            Search log group
          </Button>
        </SpaceBetween>
      }
    >
      {groupName}
    </Header>
  );
}
