import type { RuntimeAnswer } from "./http-head.ts";

/** An error of the Runtime API. */
export const problem = (status: number, errorType: string, errorMessage: string): RuntimeAnswer => ({
  status,
  body: JSON.stringify({ errorMessage, errorType }),
});

/** Answers that are always the same. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export const answers = {
  accepted: { status: 202, body: '{"status":"OK"}' },
  invalidState: problem(403, "InvalidStateTransition", "State transition is not allowed"),
  invalidRequestId: problem(400, "InvalidRequestID", "Invalid request ID"),
  invalidResponseMode: problem(400, "InvalidFunctionResponseMode", "Invalid function response mode"),
  notFound: problem(404, "NotFound", "404 page not found"),
} as const satisfies Readonly<Record<string, RuntimeAnswer>>;

/** The response is larger than it may be. */
export const tooLargeAnswer = (limitBytes: number): RuntimeAnswer =>
  problem(413, "RequestEntityTooLarge", `Exceeded maximum allowed payload size (${limitBytes} bytes).`);
