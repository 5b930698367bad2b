import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useReloadWhenBack } from "../app/missing-part.ts";
import { problemOf, type Problem, type ProblemKind } from "../api/problem.ts";

const headers: Readonly<Record<ProblemKind, string>> = {
  denied: "You do not have permission",
  "not-found": "Not found",
  unreachable: "The server does not answer",
  "missing-part": "A part of the console could not be loaded",
  "signed-out": "You are signed out",
  conflict: "Somebody else changed this",
  throttled: "Too many requests",
  other: "Something went wrong",
};

/** What went wrong in place of what was asked for: code, message, request id, and a retry. A missing permission is named. */
export function ProblemPanel({
  error,
  onRetry,
  subject,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly subject?: string;
}) {
  const problem = problemOf(error);
  const isPartMissing = problem.kind === "missing-part";
  useReloadWhenBack(isPartMissing && !somebodyMayHaveTyped());
  const retry = isPartMissing ? (
    <Button onClick={() => location.reload()}>Reload</Button>
  ) : (
    onRetry && <Button onClick={onRetry}>Try again</Button>
  );
  return (
    <Alert
      type={problem.kind === "not-found" ? "info" : "error"}
      header={problem.kind === "not-found" && subject ? `There is no ${subject}` : headers[problem.kind]}
      action={retry}
    >
      <ProblemDetails problem={problem} />
    </Alert>
  );
}

/** What was typed into a form is gone when the page is loaded anew. */
const somebodyMayHaveTyped = (): boolean => document.querySelector("form, [role=dialog]") !== null;

/** The lines of a problem. */
export function ProblemDetails({ problem }: { readonly problem: Problem }) {
  return (
    <SpaceBetween size="xxs">
      {problem.missingAction && <MissingPermission key="missing" action={problem.missingAction} problem={problem} />}
      <Box key="message">
        <Box variant="code">{problem.code}</Box> {problem.message}
      </Box>
      {problem.requestId && (
        <Box key="request" color="text-body-secondary" fontSize="body-s">
          Request ID:{" "}
          <CopyToClipboard
            variant="inline"
            textToCopy={problem.requestId}
            copyButtonAriaLabel="Copy the request ID"
            copySuccessText="Copied"
            copyErrorText="Could not copy"
          />
        </Box>
      )}
    </SpaceBetween>
  );
}

function MissingPermission({ action, problem }: { readonly action: string; readonly problem: Problem }) {
  const { missingOn, isForbidden } = problem;
  const what = (
    <>
      <Box variant="code">{action}</Box>
      {missingOn && (
        <>
          {" "}
          on <Box variant="code">{missingOn}</Box>
        </>
      )}
    </>
  );
  if (isForbidden) return <Box>A policy forbids {what}. Ask whoever looks after your policies to change it.</Box>;
  return (
    <SpaceBetween size="xxs">
      <Box key="what">What is missing is the permission {what}. Ask for a policy that allows it.</Box>
      <CopyToClipboard
        key="copy"
        variant="button"
        copyButtonText="Copy a policy that allows it"
        copySuccessText="Copied"
        copyErrorText="Could not copy"
        textToCopy={allowing(action, missingOn)}
      />
    </SpaceBetween>
  );
}

const allowing = (action: string, resource = "*"): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] }, null, 2);
