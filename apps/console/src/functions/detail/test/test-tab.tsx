import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCurrentFunction } from "../function-context.ts";
import { LatestResult, RunHistory } from "./run-history.tsx";
import { TestPanel } from "./test-panel.tsx";

/** Runs the function with an event and shows what came of it. */
export function TestTab() {
  const { functionName, configuration, qualifier } = useCurrentFunction();
  const logGroup = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  return (
    <SpaceBetween size="l">
      <LatestResult functionName={functionName} qualifier={qualifier} logGroup={logGroup} />
      <Container>
        <TestPanel functionName={functionName} qualifier={qualifier} logGroup={logGroup} />
      </Container>
      <RunHistory functionName={functionName} qualifier={qualifier} />
    </SpaceBetween>
  );
}
