import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { problemOf } from "../../api/problem.ts";
import { ProblemDetails } from "../../shared/problem-panel.tsx";
import type { StepReport, StepState } from "./creation-plan.ts";

const faces: Readonly<Record<StepState, { readonly type: StatusIndicatorProps.Type; readonly text: string }>> = {
  waiting: { type: "pending", text: "" },
  running: { type: "loading", text: "" },
  done: { type: "success", text: "" },
  failed: { type: "error", text: ": failed" },
  undoing: { type: "loading", text: ": taking it back" },
  undone: { type: "stopped", text: ": taken back" },
  left: { type: "warning", text: ": is still there, it could not be taken back" },
};

/** The steps of a creation as they go. */
export function CreationProgress({ reports }: { readonly reports: readonly StepReport[] }) {
  return (
    <div role="status" aria-label="Progress">
      <SpaceBetween size="xxs">
        {reports.map(({ id, title, state }) => (
          <StatusIndicator key={id} type={faces[state].type}>
            {title}
            {faces[state].text}
          </StatusIndicator>
        ))}
      </SpaceBetween>
    </div>
  );
}

/** What became of a creation that failed: which step, why, and what was taken back. */
export function CreationFailure({ reports, what = "function" }: { readonly reports: readonly StepReport[]; readonly what?: string }) {
  const failed = reports.find(({ state }) => state === "failed");
  const left = reports.filter(({ state }) => state === "left");
  return (
    <Alert
      type="error"
      header={left.length === 0 ? "Nothing was created" : `The ${what} was not created, and not everything could be taken back`}
    >
      <SpaceBetween size="s">
        {failed && <ProblemDetails key="problem" problem={problemOf(failed.error)} />}
        <CreationProgress key="steps" reports={reports.filter(({ state }) => state !== "waiting")} />
        {left.map(({ id, error }) => (
          <ProblemDetails key={id} problem={problemOf(error)} />
        ))}
      </SpaceBetween>
    </Alert>
  );
}
