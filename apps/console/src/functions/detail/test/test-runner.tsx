import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { useShell } from "../../../app/page.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { LatestResult } from "./run-history.tsx";
import { jsonProblem, testFormOf } from "./test-form.ts";
import { TestPanel } from "./test-panel.tsx";
import { runTest, type TestRun } from "./test-runs.ts";

/** Tests from beside the code. */
export interface TestRunner {
  /** Opens the test panel below the page. */
  readonly openTest: () => void;
  /** Runs the event that is chosen or filled in, in the panel below; undefined if the event is no JSON. */
  readonly runTest: () => Promise<TestRun | undefined>;
}

/** For the Code tab: tests in the split panel, so that the code stays in view. */
export function useTestRunner(): TestRunner {
  const { functionName, configuration } = useCurrentFunction();
  const { setSplitPanel } = useShell();
  const logGroup = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  return useMemo(() => {
    const openTest = (): void => {
      // The panel covers the lower half: what is being edited comes up above it.
      document.querySelector(".code-editor")?.scrollIntoView({ block: "start" });
      setSplitPanel({
        header: "Test",
        content: (
          <SpaceBetween size="l">
            <LatestResult functionName={functionName} qualifier={undefined} logGroup={logGroup} bare />
            <TestPanel functionName={functionName} qualifier={undefined} logGroup={logGroup} />
          </SpaceBetween>
        ),
      });
    };
    return {
      openTest,
      runTest: async () => {
        openTest();
        const form = testFormOf(functionName);
        if (jsonProblem(form.text) !== undefined) return undefined;
        return runTest(functionName, {
          eventName: form.name || form.templateId,
          event: form.text,
          invocationType: form.invocationType,
        });
      },
    };
  }, [functionName, logGroup, setSplitPanel]);
}
