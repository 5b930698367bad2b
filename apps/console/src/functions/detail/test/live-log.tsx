import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { isReport, isStart, linesOfInvocation, linesOfUnanswered, shownText } from "../../../logs/event-text.ts";
import { useTail } from "../../../logs/use-tail.ts";
import { LogLines } from "./log-lines.tsx";
import type { TestRun } from "./test-runs.ts";

/** What a run logs, while it does. */
export function LiveLog({ run, logGroup }: { readonly run: TestRun; readonly logGroup: string }) {
  const [isOver, setOver] = useState(false);
  const { events, isSampled } = useTail(isOver ? undefined : { groups: [logGroup], fromMs: run.startedAt.getTime() });
  // A synchronous run's id comes with its answer.
  const { lines: own, isUnsure } =
    run.requestId === undefined ? linesOfUnanswered(events) : { lines: linesOfInvocation(events, run.requestId), isUnsure: false };
  // What begins it may be among the lines that a sample leaves out.
  const lines = isSampled && !own.some(({ message }) => isStart(message)) ? events : own;
  if (!isOver && run.requestId !== undefined && lines.some(({ message }) => isReport(message))) setOver(true);
  if (lines.length === 0)
    return (
      <Box color="text-body-secondary">
        <StatusIndicator type="pending">Nothing has been logged yet</StatusIndicator>
      </Box>
    );
  return (
    <div>
      <Box variant="awsui-key-label">{isOver ? "Log" : "Log so far"}</Box>
      <LogLines
        text={lines.map(({ message }) => shownText(message)).join("\n")}
        functionName={run.functionName}
        label="Live log lines"
        follow
      />
      {isUnsure && (
        <Box color="text-body-secondary">
          Others invoke the function at the same time. Which lines are this test&apos;s is known for certain when it is answered; until then
          they are those of the invocation that began first and is not over.
        </Box>
      )}
      {isSampled && <Box color="text-body-secondary">More than 500 lines came in a second: of those a sample is shown.</Box>}
    </div>
  );
}
