import Box from "@cloudscape-design/components/box";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { KeptInvocationDetails, ReplayedInvocation } from "@mayfly/wire/mayfly";
import { formatDuration } from "../../../../shared/format.ts";
import { ClockTime } from "../../../../shared/moment.tsx";
import { LogLines } from "../../test/log-lines.tsx";
import { prettyJson } from "../../test/pretty-json.ts";

interface TwoRunsProps {
  readonly functionName: string;
  readonly original: KeptInvocationDetails;
  /** Undefined until it ran. */
  readonly replay: ReplayedInvocation | undefined;
}

const halves = [{ colspan: { default: 12, m: 6 } }, { colspan: { default: 12, m: 6 } }];

/** What the first run and the second one answered, logged and took. */
export function TwoRuns({ functionName, original, replay }: TwoRunsProps) {
  return (
    <Grid gridDefinition={halves}>
      <Run key="original" title="Original" functionName={functionName} run={original} />
      {replay ? (
        <Run key="replay" title="Replay" functionName={functionName} run={replay} />
      ) : (
        <Box key="none" color="text-body-secondary" padding={{ top: "m" }}>
          The second run appears here.
        </Box>
      )}
    </Grid>
  );
}

interface RunProps {
  readonly title: string;
  readonly functionName: string;
  readonly run: Pick<KeptInvocationDetails, "InvokedAt" | "ExecutedVersion" | "DurationMs" | "FunctionError" | "Response" | "Log">;
}

function Run({ title, functionName, run }: RunProps) {
  const { InvokedAt, ExecutedVersion, DurationMs, FunctionError, Response, Log } = run;
  return (
    <section aria-label={title}>
      <SpaceBetween size="s">
        <Header key="title" variant="h3">
          {title} <StatusIndicator type={FunctionError ? "error" : "success"}>{FunctionError ? "Failed" : "Succeeded"}</StatusIndicator>
        </Header>
        <KeyValuePairs
          key="figures"
          columns={3}
          items={[
            { label: "Invoked", value: <ClockTime time={InvokedAt} /> },
            { label: "Version", value: ExecutedVersion },
            { label: "Duration", value: formatDuration(DurationMs) },
          ]}
        />
        <Box key="response-label" variant="awsui-key-label">
          {FunctionError ? "Error" : "Response"}
        </Box>
        {Response === undefined ? (
          <Box key="response" color="text-body-secondary">
            It was streamed, and is not kept.
          </Box>
        ) : (
          <LogLines key="response" text={prettyJson(Response)} functionName={functionName} label={`${title}: response`} />
        )}
        <Box key="log-label" variant="awsui-key-label">
          Log
        </Box>
        {Log === undefined ? (
          <Box key="log" color="text-body-secondary">
            The lines are gone from the log.
          </Box>
        ) : (
          <LogLines key="log" text={Log} functionName={functionName} label={`${title}: log`} />
        )}
      </SpaceBetween>
    </section>
  );
}
