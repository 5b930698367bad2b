import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";

const byState: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  Pending: "in-progress",
  Active: "success",
  Inactive: "stopped",
  Failed: "error",
};

interface FunctionStateProps {
  readonly configuration: FunctionConfiguration;
  /** Nothing may invoke it: its reserved concurrency is 0. */
  readonly isThrottled: boolean;
}

/** The function's state, and its last update where that is under way or failed; with the reason. */
export function FunctionState({ configuration, isThrottled }: FunctionStateProps) {
  const { State = "Active", StateReason, LastUpdateStatus, LastUpdateStatusReason } = configuration;
  if (State === "Active" && LastUpdateStatus === "InProgress") return <StatusIndicator type="in-progress">Updating</StatusIndicator>;
  if (State === "Active" && LastUpdateStatus === "Failed")
    return <StatusIndicator type="error">Update failed{LastUpdateStatusReason ? `: ${LastUpdateStatusReason}` : ""}</StatusIndicator>;
  if (State === "Active" && isThrottled) return <StatusIndicator type="stopped">Throttled: its reserved concurrency is 0</StatusIndicator>;
  return (
    <StatusIndicator type={byState[State] ?? "info"}>
      {State}
      {StateReason && State !== "Active" ? `: ${StateReason}` : ""}
    </StatusIndicator>
  );
}
