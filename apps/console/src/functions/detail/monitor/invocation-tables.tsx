import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import Box from "@cloudscape-design/components/box";
import { paths } from "../../../app/paths.ts";
import { ClockTime } from "../../../shared/moment.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { gbSeconds, type LoggedInvocation } from "./invocations.ts";

const mostRows = 25;

interface InvocationTablesProps {
  readonly invocations: readonly LoggedInvocation[];
  readonly logGroupName: string;
}

/** The newest, the most expensive and the failed invocations; each leads to its lines in the log. */
export function InvocationTables({ invocations, logGroupName }: InvocationTablesProps) {
  const expensive = [...invocations].sort((a, b) => gbSeconds(b) - gbSeconds(a));
  const columns = columnsFor(logGroupName);
  return (
    <SpaceBetween size="l">
      <InvocationTable key="recent" title="Recent invocations" items={invocations} columns={[...columns, initColumn]} />
      <InvocationTable key="expensive" title="Most expensive invocations" items={expensive} columns={[...columns, costColumn]} />
      <InvocationTable
        key="failed"
        title="Failed invocations"
        items={invocations.filter(({ failed }) => failed)}
        columns={[...columns, initColumn]}
      />
    </SpaceBetween>
  );
}

type Column = TableProps.ColumnDefinition<LoggedInvocation>;

const initColumn: Column = { id: "init", header: "Init (ms)", cell: ({ initDurationMs }) => initDurationMs?.toFixed(2) ?? "-" };
const costColumn: Column = { id: "cost", header: "GB-seconds", cell: (invocation) => gbSeconds(invocation).toFixed(4) };

function columnsFor(logGroupName: string): Column[] {
  return [
    { id: "at", header: "Timestamp", cell: ({ at }) => <ClockTime time={at} /> },
    {
      id: "requestId",
      header: "Request ID",
      isRowHeader: true,
      cell: ({ requestId, logStreamName }) => (
        <PageLink to={`${paths.logStream(logGroupName, logStreamName)}?requestId=${requestId}`}>{requestId}</PageLink>
      ),
    },
    {
      id: "status",
      header: "Status",
      cell: ({ failed, status }) => (
        <StatusIndicator type={failed ? "error" : "success"}>{failed ? failureOf(status) : "Succeeded"}</StatusIndicator>
      ),
    },
    { id: "duration", header: "Duration (ms)", cell: ({ durationMs }) => durationMs.toFixed(2) },
    { id: "billed", header: "Billed (ms)", cell: ({ billedDurationMs }) => billedDurationMs },
    { id: "memory", header: "Memory (MB)", cell: ({ maxMemoryUsedMb, memorySizeMb }) => `${maxMemoryUsedMb} of ${memorySizeMb}` },
  ];
}

/** `timeout`, as a report has it, in the words of the other states. */
const failureOf = (status = "failed"): string => status.charAt(0).toUpperCase() + status.slice(1);

interface InvocationTableProps {
  readonly title: string;
  readonly items: readonly LoggedInvocation[];
  readonly columns: readonly Column[];
}

function InvocationTable({ title, items, columns }: InvocationTableProps) {
  return (
    <Table<LoggedInvocation>
      header={
        <Header
          variant="h3"
          counter={`(${items.length})`}
          {...(items.length > mostRows && { description: `The first ${mostRows} are shown.` })}
        >
          {title}
        </Header>
      }
      ariaLabels={{ tableLabel: title }}
      items={items.slice(0, mostRows)}
      columnDefinitions={columns}
      trackBy={({ requestId, at }) => `${requestId}-${at}`}
      empty={<Box textAlign="center">None in this time.</Box>}
      wrapLines={false}
    />
  );
}
