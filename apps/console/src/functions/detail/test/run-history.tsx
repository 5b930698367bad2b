import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { memo, useDeferredValue } from "react";
import { formatDuration } from "../../../shared/format.ts";
import { Moment } from "../../../shared/moment.tsx";
import { useAddressState } from "../../../shared/address-state.ts";
import { TestResult } from "./test-result.tsx";
import { useTestRuns, type TestRun } from "./test-runs.ts";
import { useRunTest } from "./use-run-test.ts";

interface OfFunction {
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

/** The newest run, or the one chosen in the history. */
export function LatestResult({
  functionName,
  qualifier,
  logGroup,
  bare,
}: OfFunction & { readonly logGroup: string; readonly bare?: boolean }) {
  const runs = useTestRuns(functionName, qualifier);
  const [chosen] = useAddressState("run");
  const run = shownOf(runs, chosen);
  if (!run) return null;
  const result = <TestResult run={run} logGroup={logGroup} />;
  return bare ? result : <Container>{result}</Container>;
}

const shownOf = (runs: readonly TestRun[], chosen: string | undefined): TestRun | undefined =>
  runs.find(({ id }) => String(id) === chosen) ?? runs[0];

/** This session's runs of the function; a click shows one. */
export function RunHistory({ functionName, qualifier }: OfFunction) {
  // A click on Test must show first that it was heard; a table takes longer to draw than that.
  const runs = useDeferredValue(useTestRuns(functionName, qualifier), noRuns);
  return runs.length === 0 ? null : <RunsTable functionName={functionName} runs={runs} />;
}

const noRuns: readonly TestRun[] = [];

const RunsTable = memo(function RunsTable({
  functionName,
  runs,
}: Pick<OfFunction, "functionName"> & { readonly runs: readonly TestRun[] }) {
  const [chosen, choose] = useAddressState("run");
  const shown = shownOf(runs, chosen);
  const runTest = useRunTest(functionName);
  const isBusy = runs.some(({ status }) => status === "running");
  return (
    <Table<TestRun>
      header={
        <Header variant="h2" counter={`(${runs.length})`} description="Runs of this page's session, newest first.">
          History
        </Header>
      }
      ariaLabels={{ tableLabel: "Runs" }}
      items={[...runs]}
      stickyColumns={{ last: 1 }}
      trackBy={({ id }) => String(id)}
      columnDefinitions={[
        {
          id: "event",
          header: "Event",
          isRowHeader: true,
          cell: (run) =>
            run.id === shown?.id ? (
              <strong aria-current="true">{run.eventName}</strong>
            ) : (
              <Link
                href="#"
                onFollow={(event) => {
                  event.preventDefault();
                  choose(String(run.id));
                  showTop();
                }}
              >
                {run.eventName}
              </Link>
            ),
        },
        { id: "status", header: "Status", cell: (run) => <RunStatus run={run} /> },
        { id: "version", header: "Version", cell: ({ executedVersion }) => executedVersion ?? "-" },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment time={startedAt} /> },
        { id: "duration", header: "Duration", cell: ({ report }) => (report ? formatDuration(report.durationMs) : "-") },
        { id: "billed", header: "Billed duration", cell: ({ report }) => (report ? `${report.billedDurationMs} ms` : "-") },
        { id: "memory", header: "Max memory used", cell: ({ report }) => (report ? `${report.maxMemoryUsedMb} MB` : "-") },
        {
          id: "again",
          header: "Actions",
          minWidth: 120,
          cell: (run) => (
            <Button
              variant="inline-link"
              ariaLabel={`Run again: ${run.eventName}`}
              disabled={isBusy}
              disabledReason="A test is running"
              onClick={() => {
                runTest(run);
                showTop();
              }}
            >
              Run again
            </Button>
          ),
        },
      ]}
    />
  );
});

const showTop = (): void => scrollTo({ top: 0, behavior: "smooth" });

function RunStatus({ run: { status } }: { readonly run: TestRun }) {
  if (status === "running") return <StatusIndicator type="in-progress">Running</StatusIndicator>;
  if (status === "succeeded" || status === "accepted")
    return <StatusIndicator type="success">{status === "accepted" ? "Accepted" : "Succeeded"}</StatusIndicator>;
  if (status === "cancelled") return <StatusIndicator type="stopped">Not waited for</StatusIndicator>;
  return <StatusIndicator type="error">{status === "failed" ? "Failed" : "Refused"}</StatusIndicator>;
}
