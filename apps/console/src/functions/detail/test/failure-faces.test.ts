import { expect, test } from "vitest";
import type { Problem } from "../../../api/problem.ts";
import { faceOf } from "./failure-faces.ts";
import { failureOf, type Failure } from "./failure.ts";
import type { TestRun } from "./test-runs.ts";

const run: TestRun = {
  id: 1,
  functionName: "orders",
  eventName: "e",
  event: "{}",
  invocationType: "RequestResponse",
  startedAt: new Date(0),
  status: "failed",
};

function told(failure: Failure | undefined) {
  if (!failure) throw new Error("No failure");
  const face = faceOf(failure);
  return { headline: face.headline(failure), happened: face.happened(failure), next: face.next(failure) };
}

const ofError = (error: unknown, facts: Partial<TestRun> = {}) =>
  told(failureOf({ ...run, functionError: "Unhandled", payload: JSON.stringify(error), ...facts }));

const ofRefusal = (problem: Problem) => told(failureOf({ ...run, status: "refused", problem }));

const configuration = (section: string) => `/functions/orders/configuration/${section}?edit=true`;
const report = { requestId: "r", durationMs: 1, billedDurationMs: 1, memorySizeMb: 128, maxMemoryUsedMb: 127 };

test.each([
  ["Sandbox.Timedout", "RequestId: a Error: Task timed out after 1.00 seconds", "The function ran out of time", configuration("general")],
  [
    "Runtime.OutOfMemory",
    "RequestId: a Error: Runtime exited with error: signal: killed",
    "The function ran out of memory",
    configuration("general"),
  ],
  ["MemoryError", "", "The function ran out of memory", configuration("general")],
  [
    "Runtime.ExitError",
    "RequestId: a Error: Runtime exited with error: signal: killed",
    "The function was killed",
    configuration("general"),
  ],
  [
    "Runtime.ExitError",
    "RequestId: a Error: Runtime exited with error: exit status 3",
    "The runtime ended before it answered",
    "/functions/orders/code",
  ],
  [
    "Runtime.HandlerNotFound",
    "Handler 'nope' missing on module 'lambda_function'",
    "There is no such handler in the code",
    configuration("runtime"),
  ],
  ["Runtime.HandlerNotFound", "index.nope is undefined or not exported", "There is no such handler in the code", configuration("runtime")],
  [
    "Runtime.MalformedHandlerName",
    "Bad handler 'x': not enough values to unpack",
    "The handler's name has the wrong form",
    configuration("runtime"),
  ],
  [
    "Runtime.ImportModuleError",
    "Unable to import module 'nothing': No module named 'nothing'",
    "The handler's file is not in the package",
    configuration("runtime"),
  ],
  [
    "Runtime.ImportModuleError",
    "Unable to import module 'app.main': No module named 'app'",
    "The handler's file is not in the package",
    configuration("runtime"),
  ],
  [
    "Runtime.ImportModuleError",
    "Error: Cannot find module 'other'\nRequire stack:\n- /var/task/index.js",
    "The handler's file is not in the package",
    configuration("runtime"),
  ],
  [
    "Runtime.ImportModuleError",
    "Unable to import module 'lambda_function': No module named 'requests'",
    "The module requests is missing",
    "/functions/orders/code",
  ],
  ["Error", "Cannot find package 'left-pad' imported from /var/task/index.mjs", "The module left-pad is missing", "/functions/orders/code"],
  [
    "Runtime.MarshalError",
    "Unable to marshal response: Object of type object is not JSON serializable",
    "The answer can't be written as JSON",
    "/functions/orders/code",
  ],
  ["KeyError", "'x'", "The function failed with KeyError", "/functions/orders/code"],
])("%s: %s", (errorType, errorMessage, headline, to) => {
  expect(ofError({ errorType, errorMessage })).toMatchObject({ headline, next: { kind: "page", to } });
});

test("an answer that is too large leads to help", () => {
  const error = {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  };
  expect(ofError(error)).toMatchObject({ headline: "The answer is over 6 MB", next: { kind: "help", topic: "response-size" } });
});

test("figures are told where they matter", () => {
  expect(ofError({ errorType: "Runtime.OutOfMemory", errorMessage: "" }, { report }).happened).toContain("It used 127 MB of 128 MB.");
  expect(ofError({ errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 1.50 seconds" }).happened).toContain(
    "its timeout of 1.5 s,",
  );
  expect(ofError({ errorType: "Runtime.ExitError", errorMessage: "Runtime exited with error: exit status 3" }).happened).toContain(
    "ended with exit status 3.",
  );
  expect(ofError({ errorType: "Runtime.HandlerNotFound", errorMessage: "Handler 'nope' missing on module 'app'" }).happened).toContain(
    "the handler app.nope.",
  );
});

test("an error of the code leads to its line", () => {
  const { next } = ofError({
    errorType: "ValueError",
    errorMessage: "bad",
    stackTrace: ['  File "/var/task/app.py", line 7, in handler\n    raise\n'],
  });
  expect(next).toEqual({
    kind: "page",
    label: "Open app.py, line 7",
    to: "/functions/orders/code?open=app.py%3A7&message=ValueError%3A+bad",
  });
});

test.each([null, 1, "text", [], { errorType: 3, errorMessage: {}, stackTrace: "x", trace: 5 }])(
  "a runtime may write %j as its error",
  (error) => {
    expect(ofError(error)).toMatchObject({ headline: "The function failed", happened: "The error has no message." });
  },
);

test("messages without end are cut", () => {
  const { headline, happened } = ofError({ errorType: "E".repeat(1_000_000), errorMessage: "m".repeat(1_000_000) });
  expect(headline.length + happened.length).toBeLessThan(2_000);
});

const problem = (code: string, message: string, more: Partial<Problem> = {}): Problem => ({ kind: "other", code, message, ...more });

test.each([
  [
    problem("TooManyRequestsException", "Rate Exceeded.", { reason: "ReservedFunctionConcurrentInvocationLimitExceeded" }),
    "The invocation was throttled",
    configuration("concurrency"),
  ],
  [
    problem("AccessDeniedException", "User: lambda.amazonaws.com is not authorized to perform: sts:AssumeRole", {
      missingAction: "sts:AssumeRole",
      missingOn: "arn:aws:iam::123456789012:role/teams/r1",
    }),
    "Lambda can't take on the function's role",
    "/iam/roles/r1?tab=trust",
  ],
  [
    problem("AccessDeniedException", "The role defined for the function cannot be assumed by Lambda."),
    "Lambda can't take on the function's role",
    "/functions/orders/configuration/permissions",
  ],
  [problem("ResourceNotFoundException", "Function not found: x"), "There is no such function any more", "/functions"],
])("refused: $code", (refusal, headline, to) => {
  expect(ofRefusal(refusal)).toMatchObject({ headline, next: { kind: "page", to } });
});

test("reasons of throttling are told apart", () => {
  const happened = (reason: string) => ofRefusal(problem("TooManyRequestsException", "Rate Exceeded.", { reason })).happened;
  expect(happened("ReservedFunctionConcurrentInvocationLimitExceeded")).toContain("reserved for this function");
  expect(happened("ConcurrentInvocationLimitExceeded")).toContain("the account has");
});

test("a missing permission is named, with the policy that would give it", () => {
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
  const { headline, happened, next } = ofRefusal(
    problem("AccessDeniedException", "User: ann is not authorized", { missingAction: "lambda:InvokeFunction", missingOn: arn }),
  );
  expect(headline).toBe("You may not run this function");
  expect(happened).toContain("lambda:InvokeFunction");
  const text = next.kind === "copy" ? next.text : "";
  expect(JSON.parse(text)).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arn }],
  });
});

test("whatever else is refused can be run again", () => {
  expect(ofRefusal(problem("ServiceException", "The server is shutting down."))).toEqual({
    headline: "Lambda did not run the function",
    happened: "The server is shutting down.",
    next: { kind: "again", label: "Run again" },
  });
});
