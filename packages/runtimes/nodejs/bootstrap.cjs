"use strict";
// Runs inside the sandbox as /var/runtime/bootstrap.cjs, on Node 16 and newer: no dependency, no type, no build.
// With `--wait` it was started before its function is known: it asks for it, and then goes on as if it had been started with it.
const { connectRuntimeApi } = require("./runtime-client.cjs");
const { patchConsole, logError } = require("./console.cjs");
const { loadHandler } = require("./load-handler.cjs");
const { errorBody, errorType, named } = require("./errors.cjs");
const { createInvocation, runHandler } = require("./invocation.cjs");
const { loadedPackages } = require("./loaded-packages.cjs");
const { runStreamingHandler } = require("./streaming.cjs");

const client = connectRuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);
/** @type {{ requestId: string | undefined, response?: ReturnType<typeof client.openResponse> }} */
const current = { requestId: undefined };

/** The last words of a process that can't go on: tells the Runtime API, then ends. */
function die(error, label, exitCode) {
  logError(label, error, current);
  const { requestId, response } = current;
  if (response?.isBegun()) return response.fail(errorType(error), errorBody(error), undefined, () => process.exit(exitCode));
  const path = requestId === undefined ? "init/error" : `invocation/${requestId}/error`;
  client.post(path, errorBody(error), errorType(error), () => process.exit(exitCode));
}

process.on("uncaughtException", (error) => die(error, "Uncaught Exception", 129));
process.on("unhandledRejection", (reason) => {
  const error = named("Runtime.UnhandledPromiseRejection", String(reason), reason instanceof Error ? reason : undefined);
  if (reason instanceof Error) error.reason = reason;
  die(error, "Unhandled Promise Rejection", 128);
});

async function main() {
  patchConsole(current);
  let handler;
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env["_HANDLER"]);
  } catch (error) {
    die(error, "Uncaught Exception", 1);
    return;
  }
  const serve = (head, body) => {
    const invocation = createInvocation(head);
    const id = invocation.context.awsRequestId;
    current.requestId = id;
    if (invocation.traceId !== undefined) process.env["_X_AMZN_TRACE_ID"] = invocation.traceId;
    const fail = ({ value }) => {
      logError("Invoke Error", value, current);
      client.answer(`invocation/${id}/error`, errorBody(value), errorType(value), serve);
    };
    if (handler.streaming) return void stream(id, invocation.context, body, fail);
    client.unref();
    runHandler(handler.handler, invocation, body, (error, response) => {
      client.ref();
      if (error !== undefined) return fail(error);
      client.answer(`invocation/${id}/response`, response, undefined, serve);
    });
  };
  const stream = async (id, context, body, fail) => {
    const response = client.openResponse(id);
    current.response = response;
    const error = await runStreamingHandler(handler.handler, response, body, context);
    current.response = undefined;
    if (error === undefined) return response.end(serve);
    if (!response.isBegun()) return fail(error);
    logError("Invoke Error", error.value, current);
    response.fail(errorType(error.value), errorBody(error.value), serve);
  };
  // Not AWS's: processes that wait for this code may have it loaded the next time.
  client.next(serve, loadedPackages());
}

if (process.argv[2] === "--wait") require("./wait.cjs").waitForFunction(client, main);
else void main();
