import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { gbSeconds, type LoggedInvocation } from "./invocations.ts";

/** What the plots add up to. There is at least one invocation. */
export function InvocationTotals({ invocations }: { readonly invocations: readonly LoggedInvocation[] }) {
  const count = invocations.length;
  const errors = invocations.filter(({ failed }) => failed).length;
  const durations = invocations.map(({ durationMs }) => durationMs);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return (
    <Container header={<Header variant="h3">In this time</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "Invocations", value: count.toLocaleString("en") },
          { label: "Errors", value: errors.toLocaleString("en") },
          { label: "Success rate", value: `${((100 * (count - errors)) / count).toFixed(1)} %` },
          { label: "Average duration", value: `${(sum(durations) / count).toFixed(2)} ms` },
          { label: "Longest duration", value: `${durations.reduce((most, value) => Math.max(most, value), 0).toFixed(2)} ms` },
          { label: "Cold starts", value: invocations.filter(({ initDurationMs }) => initDurationMs !== undefined).length },
          { label: "GB-seconds", value: sum(invocations.map(gbSeconds)).toFixed(4) },
        ]}
      />
    </Container>
  );
}
