import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { formatDuration } from "../shared/format.ts";
import { useAddressState } from "../shared/address-state.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { ProblemPanel } from "../shared/problem-panel.tsx";
import { EventList } from "./event-list.tsx";
import type { TailQuery } from "./follow-logs.ts";
import { useTail } from "./use-tail.ts";

/** AWS's most for one session. */
const mostGroups = 10;

/** Follows up to ten groups as their lines are written. */
export function LiveTailPage() {
  usePage({
    title: "Live Tail",
    help: "live-tail",
    breadcrumbs: [
      { text: "CloudWatch Logs", href: paths.logGroups },
      { text: "Live Tail", href: paths.liveTail() },
    ],
  });
  const [groupsText, setGroups] = useAddressState("groups");
  const groups = groupsText === undefined ? [] : groupsText.split(",");
  const [filterPattern, setFilterPattern] = useAddressState("filter");
  const [streamPrefix = "", setStreamPrefix] = useAddressState("stream");
  const [words = "", setWords] = useAddressState("highlight");
  const [query, setQuery] = useState<TailQuery>();
  const [isPaused, setPaused] = useState(false);
  const tail = useTail(query);
  const [shown, setShown] = useState(tail.events);
  useEffect(() => {
    if (!isPaused) setShown(tail.events);
  }, [tail.events, isPaused]);
  const start = (): void => {
    setPaused(false);
    setQuery({ groups, ...(groups.length === 1 && { streamPrefix }), ...(filterPattern && { filterPattern }), fromMs: Date.now() });
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<InfoLink topic="live-tail" about="Live Tail" />}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {query && (
                <Button key="pause" onClick={() => setPaused(!isPaused)}>
                  {isPaused ? "Resume" : "Pause"}
                </Button>
              )}
              {query && (
                <Button key="clear" onClick={() => setQuery({ ...query, fromMs: Date.now() })}>
                  Clear
                </Button>
              )}
              {query ? (
                <Button key="stop" onClick={() => setQuery(undefined)}>
                  Stop
                </Button>
              ) : (
                <Button
                  key="start"
                  variant="primary"
                  disabled={groups.length === 0}
                  disabledReason="Choose log groups first"
                  onClick={start}
                >
                  Start
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Live Tail
        </Header>
      }
    >
      <SpaceBetween size="m">
        <TailForm
          key="form"
          isRunning={query !== undefined}
          groups={groups}
          onGroups={(names) => setGroups(names.length > 0 ? names.join(",") : undefined)}
          streamPrefix={streamPrefix}
          onStreamPrefix={(text) => setStreamPrefix(text || undefined)}
          filterPattern={filterPattern ?? ""}
          onFilterPattern={(text) => setFilterPattern(text || undefined)}
          words={words}
          onWords={(text) => setWords(text || undefined)}
        />
        {tail.error !== undefined && <ProblemPanel key="error" error={tail.error} />}
        {query && <TailStatus key="status" sinceMs={query.fromMs} count={tail.count} isPaused={isPaused} />}
        {query && tail.isSampled && (
          <StatusIndicator key="sampled" type="warning">
            More than 500 matching lines in a second: a sample is shown
          </StatusIndicator>
        )}
        {shown.length > 0 ? (
          <EventList
            key="events"
            label="Live log events"
            events={shown}
            isUtc={false}
            follow
            highlight={words.split(",").map((word) => word.trim())}
          />
        ) : (
          <EmptyState key="empty" title={query ? "No lines yet" : "Not tailing"}>
            {query ? "Lines appear here as they are written." : "Choose log groups and Start."}
          </EmptyState>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

interface TailFormProps {
  readonly isRunning: boolean;
  readonly groups: readonly string[];
  readonly onGroups: (groups: readonly string[]) => void;
  readonly streamPrefix: string;
  readonly onStreamPrefix: (text: string) => void;
  readonly filterPattern: string;
  readonly onFilterPattern: (text: string) => void;
  readonly words: string;
  readonly onWords: (text: string) => void;
}

function TailForm(props: TailFormProps) {
  const { isRunning, groups } = props;
  const all = useAwsAll("logs", "DescribeLogGroups", {}, paging.DescribeLogGroups);
  const half = { colspan: { default: 12, s: 6 } };
  return (
    <Container>
      <Grid gridDefinition={[half, half, half, half]}>
        <FormField label="Log groups" constraintText={`Up to ${mostGroups}.`} stretch>
          <Multiselect
            disabled={isRunning}
            selectedOptions={groups.map((name) => ({ value: name, label: name }))}
            options={(all.data ?? []).map(({ logGroupName = "" }) => ({
              value: logGroupName,
              label: logGroupName,
              disabled: groups.length >= mostGroups && !groups.includes(logGroupName),
            }))}
            filteringType="auto"
            statusType={all.isPending ? "loading" : "finished"}
            placeholder="Choose log groups"
            empty="There are no log groups yet."
            onChange={({ detail }) => props.onGroups(detail.selectedOptions.map(({ value = "" }) => value))}
          />
        </FormField>
        <FormField label="Filter pattern" stretch>
          <Input
            disabled={isRunning}
            value={props.filterPattern}
            placeholder="ERROR"
            onChange={({ detail }) => props.onFilterPattern(detail.value)}
          />
        </FormField>
        <FormField label="Log stream prefix" constraintText="Only with one log group." stretch>
          <Input
            disabled={isRunning || groups.length > 1}
            value={props.streamPrefix}
            onChange={({ detail }) => props.onStreamPrefix(detail.value)}
          />
        </FormField>
        <FormField label="Highlight terms" description="Separated by commas." stretch>
          <Input value={props.words} onChange={({ detail }) => props.onWords(detail.value)} />
        </FormField>
      </Grid>
    </Container>
  );
}

function TailStatus({ sinceMs, count, isPaused }: { readonly sinceMs: number; readonly count: number; readonly isPaused: boolean }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = Math.max(now - sinceMs, 1);
  return (
    <StatusIndicator type={isPaused ? "stopped" : "in-progress"}>
      {isPaused ? "Paused; lines are still collected" : "Tailing"} for {formatDuration(Math.round(elapsedMs / 1000) * 1000)},{" "}
      {count.toLocaleString("en")} lines, {(count / (elapsedMs / 1000)).toFixed(1)} a second
    </StatusIndicator>
  );
}
