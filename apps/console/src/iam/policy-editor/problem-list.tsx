import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { PolicyProblem } from "./policy-problem.ts";

interface ProblemListProps {
  readonly problems: readonly PolicyProblem[];
  readonly onGoTo: (problem: PolicyProblem) => void;
  readonly actions: ReactNode;
}

/** What is wrong with a policy: how much, and each with a way to its place. */
export function ProblemList({ problems, onGoTo, actions }: ProblemListProps) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <SpaceBetween size="xxs">
      <SpaceBetween key="counts" direction="horizontal" size="m" alignItems="center">
        <div key="state" role="status" aria-label="Check of the policy">
          <SpaceBetween direction="horizontal" size="m">
            {errors > 0 && (
              <StatusIndicator key="errors" type="error">
                {counted(errors, "error")}
              </StatusIndicator>
            )}
            {warnings > 0 && (
              <StatusIndicator key="warnings" type="warning">
                {counted(warnings, "warning")}
              </StatusIndicator>
            )}
            {problems.length === 0 && <StatusIndicator type="success">No errors</StatusIndicator>}
          </SpaceBetween>
        </div>
        {actions}
      </SpaceBetween>
      {problems.length > 0 && (
        <ul key="list" className="policy-problems" aria-label="What is wrong with the policy">
          {problems.map((problem) => (
            <li key={`${problem.line}:${problem.column}:${problem.message}`}>
              <Button
                variant="inline-link"
                formAction="none"
                ariaLabel={`Line ${problem.line}: go to ${problem.message}`}
                onClick={() => onGoTo(problem)}
              >
                Line {problem.line}
              </Button>{" "}
              <Box variant="span" color={problem.severity === "error" ? "text-status-error" : "text-status-warning"}>
                {problem.message}
              </Box>
            </li>
          ))}
        </ul>
      )}
    </SpaceBetween>
  );
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
