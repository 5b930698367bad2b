import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { isSettling } from "./trigger.ts";

const types: Readonly<Record<string, StatusIndicatorProps.Type>> = { Enabled: "success", Disabled: "stopped" };

/** What a trigger is at; and what came of its last batch, where that is a problem. */
export function TriggerState({ mapping }: { readonly mapping: EventSourceMappingConfiguration }) {
  const { State = "-", LastProcessingResult } = mapping;
  const problem = LastProcessingResult?.startsWith("PROBLEM") ? LastProcessingResult : undefined;
  const type = isSettling(mapping) ? "in-progress" : problem === undefined ? (types[State] ?? "info") : "warning";
  return (
    <StatusIndicator type={type}>
      {State}
      {problem !== undefined && ` (${problem})`}
    </StatusIndicator>
  );
}
