import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, type Message } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { executionRole, queueFunctions, type TestQueue } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

const answering = "exports.handler = async (event) => ({ told: event });";
const failing = `exports.handler = async () => { throw new Error("no \\u0001 " + "é".repeat(600)); };`;

/** Retries take minutes; none here does. */
const configure = (FunctionName: string, DestinationConfig?: lambda.DestinationConfig) =>
  clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }));

/** Invokes it asynchronously; answers the request id. */
async function send(FunctionName: string, payload: string): Promise<string> {
  const input = { FunctionName, InvocationType: "Event" as const, Payload: payload };
  const { $metadata } = await clients.lambda.send(new lambda.InvokeCommand(input));
  return $metadata.requestId ?? "";
}

async function next({ url }: TestQueue): Promise<Message> {
  const input = { QueueUrl: url, WaitTimeSeconds: 20, MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All" as const] };
  const { Messages: [message] = [] } = await clients.sqs.send(new ReceiveMessageCommand(input));
  if (message === undefined) throw new Error("Nothing came within 20 seconds.");
  return message;
}

const recordOf = ({ Body = "" }: Message): Record<string, unknown> => ({ ...(JSON.parse(Body) as object), timestamp: "TIME" });

describe("queues as destinations", () => {
  test("are sent the record of what succeeded and of what failed, each the one that is meant", async () => {
    const good = await $.createQueue("good");
    const bad = await $.createQueue("bad");
    const DestinationConfig = { OnSuccess: { Destination: good.arn }, OnFailure: { Destination: bad.arn } };
    await $.createFunction("answers", answering);
    await $.createFunction("fails", failing);
    await configure("answers", DestinationConfig);
    await configure("fails", DestinationConfig);
    const succeeded = await send("answers", '{"a":1}');
    const failed = await send("fails", '{"b":2}');
    const success = await next(good);
    expect(recordOf(success)).toEqual({
      version: "1.0",
      timestamp: "TIME",
      requestContext: {
        requestId: succeeded,
        functionArn: "arn:aws:lambda:us-east-1:123456789012:function:answers:$LATEST",
        condition: "Success",
        approximateInvokeCount: 1,
      },
      requestPayload: { a: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { told: { a: 1 } },
    });
    expect(success.Attributes?.AWSTraceHeader).toMatch(/^Root=1-.*Lineage=/);
    expect(recordOf(await next(bad))).toMatchObject({
      requestContext: { requestId: failed, condition: "RetriesExhausted", approximateInvokeCount: 1 },
      requestPayload: { b: 2 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorType: "Error" },
    });
    expect([await $.left(good), await $.left(bad)]).toEqual([1, 1]);
  });

  test("are refused when they are not there, are FIFO queues, or the function's role may not send to them", async () => {
    await $.createFunction("careful", answering);
    const absent = "arn:aws:sqs:us-east-1:123456789012:absent";
    await expectError(
      configure("careful", { OnFailure: { Destination: absent } }),
      "InvalidParameterValueException",
      400,
      `The destination ARN ${absent} is invalid.`,
    );
    const { arn: fifo } = await $.createQueue("ordered.fifo", { FifoQueue: "true" });
    await expectError(
      configure("careful", { OnSuccess: { Destination: fifo } }),
      "InvalidParameterValueException",
      400,
      `The destination ARN ${fifo} is invalid.`,
    );
    const { arn } = await $.createQueue("closed");
    await $.createFunction("poor", answering, { Role: await poorRole() });
    await expectError(
      configure("poor", { OnSuccess: { Destination: arn } }),
      "InvalidParameterValueException",
      400,
      `The function's execution role does not have permissions to call SendMessage on ${arn}`,
    );
  });
});

describe("a function's dead-letter queue", () => {
  test("is left the event as it was sent, with the error in the attributes, beside the destination on failure", async () => {
    const dead = await $.createQueue("dead");
    const bad = await $.createQueue("bad-too");
    await $.createFunction("dies", failing, { DeadLetterConfig: { TargetArn: dead.arn } });
    await configure("dies", { OnFailure: { Destination: bad.arn } });
    const requestId = await send("dies", '{ "spaces":  "stay" }');
    const { Body, MessageAttributes } = await next(dead);
    expect(Body).toBe('{ "spaces":  "stay" }');
    expect(MessageAttributes).toEqual({
      RequestID: { DataType: "String", StringValue: requestId },
      ErrorCode: { DataType: "Number", StringValue: "200" },
      // 1 KB of it, without the character that does not fit, nor the one that a queue does not take.
      ErrorMessage: { DataType: "String", StringValue: `no \uFFFD ${"é".repeat(508)}` },
    });
    expect(recordOf(await next(bad))).toMatchObject({ requestContext: { requestId } });
  });

  test("is left what a function that is stopped by a reserved concurrency of 0 is sent, at once", async () => {
    const dead = await $.createQueue("stopped");
    await $.createFunction("stopped", answering, { DeadLetterConfig: { TargetArn: dead.arn } });
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "stopped", ReservedConcurrentExecutions: 0 }));
    const requestId = await send("stopped", "[1]");
    const { Body, MessageAttributes } = await next(dead);
    expect(Body).toBe("[1]");
    expect(MessageAttributes).toEqual({ RequestID: { DataType: "String", StringValue: requestId } });
  });

  test("is left nothing of what succeeds, nor after it was taken from the function", async () => {
    const dead = await $.createQueue("unused");
    const good = await $.createQueue("used");
    await $.createFunction("changes", answering, { DeadLetterConfig: { TargetArn: dead.arn } });
    await configure("changes", { OnSuccess: { Destination: good.arn }, OnFailure: { Destination: good.arn } });
    await send("changes", "1");
    await next(good);
    const input = { FunctionName: "changes", DeadLetterConfig: { TargetArn: "" } };
    const { DeadLetterConfig } = await clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand(input));
    expect(DeadLetterConfig).toBeUndefined();
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "changes", ReservedConcurrentExecutions: 0 }));
    await send("changes", "2");
    await next(good);
    expect(await $.left(dead)).toBe(0);
  });

  test("must be there, no FIFO queue, and open to the function's role, for a new function and for a changed one", async () => {
    const { arn } = await $.createQueue("shut");
    const Role = await poorRole();
    const denied = [
      "InvalidParameterValueException",
      400,
      "The provided execution role does not have permissions to call SendMessage on SQS",
    ] as const;
    await expectError($.createFunction("denied", answering, { Role, DeadLetterConfig: { TargetArn: arn } }), ...denied);
    await $.createFunction("allowed", answering, { DeadLetterConfig: { TargetArn: arn } });
    const change = (input: Partial<lambda.UpdateFunctionConfigurationCommandInput>) =>
      clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: "allowed", ...input }));
    await expectError(change({ Role, DeadLetterConfig: { TargetArn: arn } }), ...denied);
    await expectError(
      change({ DeadLetterConfig: { TargetArn: "arn:aws:sqs:us-east-1:123456789012:absent" } }),
      "InvalidParameterValueException",
      400,
      /The specified queue does not exist\.$/,
    );
    const { arn: fifo } = await $.createQueue("shut.fifo", { FifoQueue: "true" });
    await expectError(change({ DeadLetterConfig: { TargetArn: fifo } }), "InvalidParameterValueException", 400, /FIFO queue/);
    const { Configuration } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "allowed" }));
    expect([Configuration?.DeadLetterConfig, Configuration?.Role]).toEqual([{ TargetArn: arn }, executionRole]);
  });
});

/** A role that may write logs and nothing else. */
async function poorRole(): Promise<string> {
  const RoleName = "poor";
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  });
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "logs:*", Resource: "*" } });
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument })).catch((error: unknown) => {
    if (error instanceof Error && error.name === "EntityAlreadyExistsException")
      return { Role: { Arn: executionRole.replace("execution_role", RoleName) } };
    throw error;
  });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "logs", PolicyDocument }));
  return Role?.Arn ?? "";
}
