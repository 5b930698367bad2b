"use strict";
const { named } = require("./errors.cjs");
const { askedMajor } = require("./load-handler.cjs");

const parsed = (text) => (text === undefined || text === "" ? undefined : JSON.parse(Buffer.from(text, "latin1").toString("utf8")));

/** The context object and what else the headers of `/next` say. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
exports.createInvocation = (head) => {
  const deadlineMs = Number(head["lambda-runtime-deadline-ms"]);
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(head["lambda-runtime-client-context"]),
    identity: parsed(head["lambda-runtime-cognito-identity"]),
    invokedFunctionArn: head["lambda-runtime-invoked-function-arn"],
    awsRequestId: head["lambda-runtime-aws-request-id"],
    tenantId: head["lambda-runtime-aws-tenant-id"],
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
  return { context, traceId: head["lambda-runtime-trace-id"] };
};

function toJson(value) {
  try {
    const text = JSON.stringify(value === undefined ? null : value);
    return text === undefined ? "null" : text;
  } catch (error) {
    throw named("Runtime.JSONStringifyError", "Unable to stringify response body", error);
  }
}

/**
 * Calls the handler and hands what became of it to `done(error, body)` once; an error comes wrapped, since any value can be thrown.
 * A callback's result waits for an empty event loop unless the handler says otherwise, as AWS's runtime does.
 */
exports.runHandler = (handler, { context }, body, done) => {
  let over = false;
  let pending;
  const onIdle = () => settle(pending === undefined ? { value: null } : pending);
  const settle = ({ failed, value }) => {
    if (over) return;
    over = true;
    process.removeListener("beforeExit", onIdle);
    if (failed) return done({ value });
    try {
      done(undefined, toJson(value));
    } catch (error) {
      done({ value: error });
    }
  };
  const callback = (error, value) => {
    if (pending !== undefined || over) return;
    pending = error === undefined || error === null ? { value } : { failed: true, value: error };
    if (!context.callbackWaitsForEmptyEventLoop || pending.failed) setImmediate(settle, pending);
  };
  process.on("beforeExit", onIdle);
  if (askedMajor() < 24) {
    const now = (failed, value) => {
      context.callbackWaitsForEmptyEventLoop = false;
      callback(failed ? (value === undefined || value === null ? "handled" : value) : null, value);
    };
    context.succeed = (value) => now(false, value);
    context.fail = (error) => now(true, error);
    context.done = (error, value) => (error === undefined || error === null ? now(false, value) : now(true, error));
  }
  try {
    const event = JSON.parse(body.toString("utf8"));
    const result = handler(event, context, callback);
    if (result !== null && result !== undefined && typeof result.then === "function") {
      result.then(
        (value) => settle({ value }),
        (value) => settle({ failed: true, value }),
      );
    } else if (askedMajor() >= 24) {
      settle({ value: result });
    }
  } catch (error) {
    settle({ failed: true, value: error });
  }
};
