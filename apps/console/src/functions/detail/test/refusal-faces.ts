import { paths } from "../../../app/paths.ts";
import type { FailureFace, NextStep } from "./failure-faces.ts";
import type { Failure } from "./failure.ts";

const concurrency = ({ functionName }: Failure): NextStep => ({
  kind: "page",
  label: "Edit concurrency",
  to: `${paths.functionConfiguration(functionName, "concurrency")}?edit=true`,
});

const again = (): NextStep => ({ kind: "again", label: "Run again" });

const roleNameOf = ({ problem }: Failure): string => problem?.missingOn?.split("/").at(-1) ?? "";

/** By the Reason of a TooManyRequestsException. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const throttles: Readonly<Record<string, string>> = {
  ReservedFunctionConcurrentInvocationLimitExceeded:
    "The executions that are reserved for this function are all in use. A reservation of 0 stops it altogether.",
  ConcurrentInvocationLimitExceeded: "All executions that the account has, or the memory of this machine, are in use.",
};

/** A statement that grants what was missing, for whoever may change policies. */
const statementOf = ({ problem }: Failure): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: problem?.missingAction ?? "lambda:InvokeFunction", Resource: problem?.missingOn ?? "*" }],
    },
    null,
    2,
  );

/** Why an invocation was not begun. */
export const refusalFaces: readonly FailureFace[] = [
  {
    types: ["TooManyRequestsException"],
    headline: () => "The invocation was throttled",
    happened: ({ problem }) => throttles[problem?.reason ?? ""] ?? "More invocations came than the function may have at once.",
    next: concurrency,
  },
  {
    types: ["AccessDeniedException", "InvalidParameterValueException"],
    matches: ({ problem, message }) => problem?.missingAction === "sts:AssumeRole" || message.includes("cannot be assumed by Lambda"),
    headline: () => "Lambda can't take on the function's role",
    happened: (failure) =>
      `The role${roleNameOf(failure) && ` ${roleNameOf(failure)}`} was deleted, or its trust policy does not let lambda.amazonaws.com assume it.`,
    next: (failure) => ({
      kind: "page",
      label: roleNameOf(failure) ? "Open the trust policy" : "See the function's role",
      to: roleNameOf(failure)
        ? `${paths.role(roleNameOf(failure))}?tab=trust`
        : paths.functionConfiguration(failure.functionName, "permissions"),
    }),
  },
  {
    types: ["AccessDeniedException"],
    headline: () => "You may not run this function",
    happened: ({ problem }) =>
      `You lack the permission ${problem?.missingAction ?? "lambda:InvokeFunction"}. Somebody who may change policies can give it to you.`,
    next: (failure) => ({ kind: "copy", label: "Copy a policy that allows it", text: statementOf(failure) }),
  },
  {
    types: ["RequestEntityTooLargeException", "RequestTooLargeException"],
    headline: () => "The event is too large",
    happened: () => "An event may have 6 MB, or 1 MB where the invocation is asynchronous.",
    next: () => ({ kind: "help", label: "What to send instead", topic: "response-size" }),
  },
  {
    types: ["ResourceNotFoundException"],
    headline: () => "There is no such function any more",
    happened: () => "It was deleted after this page was opened.",
    next: () => ({ kind: "page", label: "See all functions", to: paths.functions }),
  },
  {
    types: ["ResourceConflictException"],
    headline: () => "The function is not ready yet",
    happened: () => "It is being made or updated. That takes a moment.",
    next: again,
  },
  {
    types: ["ServerUnreachable"],
    headline: () => "The server does not answer",
    happened: () => "The event may or may not have reached it: the function's log tells.",
    next: again,
  },
];

/** Anything else, in the server's words. */
export const otherRefusal: FailureFace = {
  types: [],
  headline: () => "Lambda did not run the function",
  happened: ({ message }) => message,
  next: again,
};
