import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { useShell } from "../../../app/page.tsx";
import { CopyText } from "../../../shared/copy-text.tsx";
import { faceOf, type NextStep } from "./failure-faces.ts";
import type { Failure } from "./failure.ts";

interface FailureAlertProps {
  readonly failure: Failure;
  /** Runs the same event once more. */
  readonly onAgain: () => void;
}

/** What went wrong with a run, in plain words, and the one thing to do about it. */
export function FailureAlert({ failure, onAgain }: FailureAlertProps) {
  const { headline, happened, next } = faceOf(failure);
  const { problem } = failure;
  return (
    <Alert
      type={problem?.kind === "throttled" ? "warning" : "error"}
      header={headline(failure)}
      action={<NextButton step={next(failure)} onAgain={onAgain} />}
    >
      <SpaceBetween size="xxs">
        <div key="happened" className="failure-words">
          {happened(failure)}
        </div>
        {problem && (
          <Box key="problem" fontSize="body-s">
            <Box variant="code">{problem.code}</Box> {problem.reason ?? problem.message}
          </Box>
        )}
        {problem?.requestId && (
          <Box key="request" fontSize="body-s">
            Request ID: <CopyText text={problem.requestId} label="Request ID" />
          </Box>
        )}
      </SpaceBetween>
    </Alert>
  );
}

function NextButton({ step, onAgain }: { readonly step: NextStep; readonly onAgain: () => void }) {
  const follow = useFollow();
  const { openHelp } = useShell();
  if (step.kind === "page")
    return (
      <Button href={hrefOf(step.to)} onFollow={follow}>
        {step.label}
      </Button>
    );
  if (step.kind === "help") return <Button onClick={() => openHelp(step.topic)}>{step.label}</Button>;
  if (step.kind === "again") return <Button onClick={onAgain}>{step.label}</Button>;
  return (
    <CopyToClipboard
      variant="button"
      copyButtonText={step.label}
      textToCopy={step.text}
      copySuccessText="Copied"
      copyErrorText="Could not copy"
    />
  );
}
