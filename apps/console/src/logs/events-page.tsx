import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMemo } from "react";
import { useParams } from "react-router";
import { problemOf } from "../api/problem.ts";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { readReport } from "../functions/detail/test/report.ts";
import { useAddressState } from "../shared/address-state.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { ProblemPanel } from "../shared/problem-panel.tsx";
import { EventFilter } from "./event-filter.tsx";
import { EventList } from "./event-list.tsx";
import { linesOfInvocation } from "./event-text.ts";
import { mostEvents, type LogEvent } from "./read-events.ts";
import { saveEvents } from "./save-events.ts";
import { readRange } from "./time-range.ts";
import { useLogEvents } from "./use-log-events.ts";

/** Lines of a whole group or of one stream, with filter, time range, and one invocation's lines. */
export function LogEventsPage() {
  const { groupName = "", streamName } = useParams();
  usePage({
    title: streamName ?? `Log events of ${groupName}`,
    help: "log-events",
    breadcrumbs: [
      { text: "CloudWatch Logs", href: paths.logGroups },
      { text: groupName, href: paths.logGroup(groupName) },
      { text: streamName ?? "Log events", href: streamName ? paths.logStream(groupName, streamName) : paths.logEvents(groupName) },
    ],
  });
  const [filterPattern, setFilterPattern] = useAddressState("filter", "push");
  const [rangeText, setRangeText] = useAddressState("range", "push");
  const [requestId, setRequestId] = useAddressState("requestId", "push");
  const [zone, setZone] = useAddressState("zone");
  const isUtc = zone === "utc";
  const range = readRange(rangeText);
  // A relative range is fixed when it is chosen, so that reading goes on in the same stretch.
  const times = useMemo(() => {
    if (range === undefined) return {};
    return range.kind === "relative" ? { startTime: Date.now() - range.ms } : { startTime: range.startMs, endTime: range.endMs };
  }, [rangeText]);
  const state = useLogEvents({
    logGroupName: groupName,
    logStreamName: streamName,
    filterPattern: requestId ? undefined : filterPattern,
    ...times,
  });
  const events = useMemo(() => (requestId ? linesOfInvocation(state.events, requestId) : state.events), [state.events, requestId]);
  const filterProblem =
    state.error !== undefined && problemOf(state.error).code === "InvalidParameterException" ? problemOf(state.error).message : undefined;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<InfoLink topic="log-events" about="log events" />}
          counter={`(${events.length.toLocaleString("en")})`}
          actions={<PageActions groupName={groupName} events={events} isLoading={state.isLoading} onRefresh={state.refresh} />}
        >
          Log events
        </Header>
      }
    >
      <SpaceBetween size="m">
        {requestId ? (
          <Invocation key="invocation" requestId={requestId} events={events} onShowAll={() => setRequestId(undefined)} />
        ) : (
          <EventFilter
            key="filter"
            pattern={filterPattern ?? ""}
            problem={filterProblem}
            onPattern={(text) => setFilterPattern(text || undefined)}
            range={range}
            onRange={setRangeText}
            isUtc={isUtc}
            onUtc={(utc) => setZone(utc ? "utc" : undefined)}
          />
        )}
        {state.error !== undefined && filterProblem === undefined && (
          <ProblemPanel key="error" error={state.error} onRetry={state.refresh} subject={`log group ${groupName}`} />
        )}
        {state.isCutShort && (
          <Alert key="cut" type="info">
            The first {mostEvents.toLocaleString("en")} lines are shown. Choose a shorter time or a filter to see others.
          </Alert>
        )}
        {events.length === 0 && !state.isLoading && state.error === undefined && (
          <EmptyState key="empty" title={filterPattern || range || requestId ? "No line matches" : "No lines yet"}>
            {filterPattern || range || requestId
              ? "Change the filter or the time."
              : "Lines appear here as soon as something is logged. Refresh to look again."}
          </EmptyState>
        )}
        {state.isLoading && (
          <StatusIndicator key="loading" type="loading">
            Loading log events{state.events.length > 0 ? `: ${state.events.length.toLocaleString("en")} so far` : ""}
          </StatusIndicator>
        )}
        {events.length > 0 && (
          <div key="events" className="event-list-page">
            <EventList
              label="Log events"
              events={events}
              isUtc={isUtc}
              invocationPath={(id, event) => `${paths.logStream(groupName, event.logStreamName)}?requestId=${id}`}
            />
          </div>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

interface PageActionsProps {
  readonly groupName: string;
  readonly events: readonly LogEvent[];
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
}

function PageActions({ groupName, events, isLoading, onRefresh }: PageActionsProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button key="refresh" iconName="refresh" ariaLabel="Refresh" loading={isLoading} onClick={onRefresh} />
      <Button
        key="save"
        iconName="download"
        disabled={events.length === 0}
        disabledReason="There are no lines to save"
        onClick={() => saveEvents(groupName, events)}
      >
        Download
      </Button>
      <Button key="tail" href={hrefOf(paths.liveTail([groupName]))} onFollow={useFollow()}>
        Start tailing
      </Button>
    </SpaceBetween>
  );
}

interface InvocationProps {
  readonly requestId: string;
  readonly events: readonly LogEvent[];
  readonly onShowAll: () => void;
}

/** One invocation's figures, above its lines. */
function Invocation({ requestId, events, onShowAll }: InvocationProps) {
  const report = events.map(({ message }) => readReport(message)).find((found) => found?.requestId === requestId);
  return (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={onShowAll}>Show all lines</Button>}>
          Invocation
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Box key="id">
          Request ID <Box variant="code">{requestId}</Box>
        </Box>
        {report && (
          <KeyValuePairs
            key="report"
            columns={4}
            items={[
              { label: "Duration", value: `${report.durationMs.toFixed(2)} ms` },
              { label: "Billed duration", value: `${report.billedDurationMs} ms` },
              { label: "Memory used / set", value: `${report.maxMemoryUsedMb} / ${report.memorySizeMb} MB` },
              {
                label: "Init duration",
                value: report.initDurationMs === undefined ? "- (warm start)" : `${report.initDurationMs.toFixed(2)} ms`,
              },
            ]}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
