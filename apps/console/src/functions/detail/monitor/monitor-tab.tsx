import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { EventTrails } from "../../../trails/event-trails.tsx";
import type { Answer } from "../../../shared/answer.ts";
import { useAddressState } from "../../../shared/address-state.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EnvironmentsTable } from "./environments-table.tsx";
import { InvocationCharts } from "./charts.tsx";
import { InvocationTotals } from "./invocation-totals.tsx";
import { InvocationTables } from "./invocation-tables.tsx";
import { KeptInvocations } from "./replay/kept-invocations.tsx";
import { versionOf } from "./invocations.ts";
import { mostLines, readInvocations, type Monitored } from "./read-invocations.ts";
import { figuresText, useShownVersions } from "./shown-versions.ts";
import { RefreshButton } from "../../../shared/refresh-button.tsx";

const ranges = [
  { id: "15m", text: "15m", ms: 15 * 60_000 },
  { id: "1h", text: "1h", ms: 3_600_000 },
  { id: "3h", text: "3h", ms: 3 * 3_600_000 },
  { id: "12h", text: "12h", ms: 12 * 3_600_000 },
  { id: "1d", text: "1d", ms: 86_400_000 },
  { id: "1w", text: "1w", ms: 7 * 86_400_000 },
] as const;

/** While the page is looked at, it is renewed this often. Milliseconds. */
const renewEveryMs = 10_000;

/** What the log tells of the invocations of the function, or of the version or alias that is shown: plots and tables. */
export function MonitorTab() {
  const { functionName, qualifier, configuration } = useCurrentFunction();
  const versions = useShownVersions();
  const logGroupName = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  const [rangeId = "1h", setRange] = useAddressState("range");
  const range = ranges.find(({ id }) => id === rangeId) ?? ranges[1];
  const follow = useFollow();
  const query = useQuery({
    queryKey: ["invocations", functionName, logGroupName, range.id],
    queryFn: ({ signal }) => readInvocations(functionName, logGroupName, range.ms, signal),
    refetchInterval: renewEveryMs,
  });
  const figures = versions.data === undefined ? { ...versions, data: undefined } : withVersions(query, versions.data);
  return (
    <SpaceBetween size="l">
      <Header
        key="header"
        variant="h2"
        description={figuresText(qualifier, versions.data)}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <SegmentedControl
              key="range"
              label="Time range"
              selectedId={range.id}
              options={[...ranges]}
              onChange={({ detail }) => setRange(detail.selectedId)}
            />
            <RefreshButton key="refresh" query={query} />
            <Button key="logs" href={hrefOf(paths.logGroup(logGroupName))} onFollow={follow}>
              View CloudWatch logs
            </Button>
          </SpaceBetween>
        }
      >
        Monitor
      </Header>
      <Loaded key="figures" query={figures}>
        {(data) =>
          data.invocations.length === 0 ? (
            <EmptyState
              title="No invocations in this time"
              actions={[
                <Button key="test" href={hrefOf(paths.function(functionName, "test", qualifier))} onFollow={follow}>
                  Test the function
                </Button>,
              ]}
            >
              Plots of invocations, durations and errors appear here once the function has run.
            </EmptyState>
          ) : (
            <SpaceBetween size="l">
              {data.isCutShort && (
                <Alert key="cut" type="info">
                  There is more in this time than is read at once; the figures are of the first {mostLines.toLocaleString("en")} lines.
                  Choose a shorter time.
                </Alert>
              )}
              <InvocationTotals key="totals" invocations={data.invocations} />
              <InvocationCharts key="charts" {...data} />
              <InvocationTables key="tables" invocations={data.invocations} logGroupName={logGroupName} />
            </SpaceBetween>
          )
        }
      </Loaded>
      <EventTrails key="trail" of={{ FunctionName: functionName, Qualifier: qualifier }} />
      {qualifier === undefined && <KeptInvocations key="kept" functionName={functionName} />}
      {qualifier === undefined && <EnvironmentsTable key="environments" functionName={functionName} />}
    </SpaceBetween>
  );
}

/** Of what was read only these versions' invocations; null: all. */
function withVersions(query: Answer<Monitored>, versions: readonly string[] | null): Answer<Monitored> {
  if (versions === null || query.data === undefined) return query;
  const invocations = query.data.invocations.filter(({ logStreamName }) => versions.includes(versionOf(logStreamName) ?? ""));
  return { ...query, data: { ...query.data, invocations } };
}
