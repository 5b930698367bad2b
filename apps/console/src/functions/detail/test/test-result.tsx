import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useEffect, useMemo, useState } from "react";
import { CopyText } from "../../../shared/copy-text.tsx";
import { formatDuration } from "../../../shared/format.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { failureOf } from "./failure.ts";
import { LiveLog } from "./live-log.tsx";
import { LogLines } from "./log-lines.tsx";
import { LogStreamLink } from "./log-stream-link.tsx";
import { prettyJson } from "./pretty-json.ts";
import { cancelRun, type TestRun } from "./test-runs.ts";
import { useRunTest } from "./use-run-test.ts";

const faces: Readonly<Record<TestRun["status"], { readonly type: StatusIndicatorProps.Type; readonly text: string }>> = {
  running: { type: "in-progress", text: "Executing function: running" },
  succeeded: { type: "success", text: "Executing function: succeeded" },
  failed: { type: "error", text: "Executing function: failed" },
  accepted: { type: "success", text: "Accepted for asynchronous invocation" },
  cancelled: { type: "stopped", text: "No longer waited for; the function goes on to its end" },
  refused: { type: "error", text: "The function was not run" },
};

/** One run: what the function answered, its figures and what it logged. */
export function TestResult({ run, logGroup }: { readonly run: TestRun; readonly logGroup: string }) {
  const { type, text } = faces[run.status];
  const failure = useMemo(() => failureOf(run), [run]);
  const runTest = useRunTest(run.functionName);
  return (
    <section aria-label="Execution result">
      <SpaceBetween size="m">
        <div aria-live="polite">
          <SpaceBetween size="m">
            <Header
              variant="h3"
              actions={
                run.status === "running" && (
                  <Button iconName="close" onClick={() => cancelRun(run.id)}>
                    Stop waiting
                  </Button>
                )
              }
            >
              <StatusIndicator type={type}>{text}</StatusIndicator> {run.requestId && <LogStreamLink run={run} logGroup={logGroup} />}
            </Header>
            {failure && <FailureAlert failure={failure} onAgain={() => runTest(run)} />}
          </SpaceBetween>
        </div>
        {run.status === "running" && <Elapsed since={run.startedAt} />}
        {run.payload !== undefined && (
          <Payload
            run={run}
            text={run.payload}
            heading={run.functionError && run.errorDetails === undefined ? "Error" : "Response"}
            label="Response"
          />
        )}
        {run.errorDetails !== undefined && <Payload run={run} text={run.errorDetails} heading="Error" label="Error details" />}
        {run.requestId && <Summary run={run} />}
        {run.status === "accepted" && <Box>The event is queued and safe on disk. What the function does with it is in its log.</Box>}
        {(run.status === "running" || run.status === "accepted") && <LiveLog key={run.id} run={run} logGroup={logGroup} />}
        {run.logTail !== undefined && run.logTail !== "" && (
          <ExpandableSection defaultExpanded headerText="Log output" headerDescription="The last 4 KB of what this invocation logged.">
            <LogLines text={run.logTail} functionName={run.functionName} label="Log lines" />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </section>
  );
}

function Elapsed({ since }: { readonly since: Date }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return <Box color="text-body-secondary">{((now - since.getTime()) / 1000).toFixed(1)} s</Box>;
}

interface PayloadProps {
  readonly run: TestRun;
  readonly text: string;
  readonly heading: "Response" | "Error";
  /** For screen readers. */
  readonly label: "Response" | "Error details";
}

function Payload({ run, text: payload, heading, label }: PayloadProps) {
  // What is still coming is no JSON yet.
  const isComing = run.status === "running";
  const text = useMemo(() => (isComing ? payload : prettyJson(payload)), [payload, isComing]);
  return (
    <div>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box variant="awsui-key-label">{heading}</Box>
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={`Copy the ${label.toLowerCase()}`}
          copySuccessText="Copied"
          copyErrorText="Could not copy"
        />
      </SpaceBetween>
      <LogLines text={text} functionName={run.functionName} label={label} follow={isComing} />
    </div>
  );
}

/** The environment's first invocation has one; so has none that failed before its handler was called. */
function initText({ status, report }: TestRun): string {
  if (report?.initDurationMs !== undefined) return `${report.initDurationMs.toFixed(2)} ms`;
  return status === "succeeded" ? "- (warm start)" : "-";
}

function Summary({ run }: { readonly run: TestRun }) {
  const { report } = run;
  const figures = report
    ? [
        { label: "Duration", value: `${report.durationMs.toFixed(2)} ms` },
        { label: "Billed duration", value: `${report.billedDurationMs} ms` },
        { label: "Memory size", value: `${report.memorySizeMb} MB` },
        { label: "Max memory used", value: `${report.maxMemoryUsedMb} MB` },
        {
          label: "Init duration",
          value: initText(run),
        },
      ]
    : [];
  return (
    <KeyValuePairs
      columns={4}
      items={[
        ...figures,
        { label: "Function version", value: run.executedVersion ?? "$LATEST" },
        { label: "Round trip", value: run.tookMs === undefined ? "-" : formatDuration(Math.round(run.tookMs)) },
        ...(run.firstByteMs === undefined ? [] : [{ label: "First byte after", value: formatDuration(Math.round(run.firstByteMs)) }]),
        { label: "Request ID", value: <CopyText text={run.requestId ?? ""} label="Request ID" /> },
      ]}
    />
  );
}
