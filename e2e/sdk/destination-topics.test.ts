import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { beforeAll, expect, test } from "vitest";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { queueFunctions, type TestQueue } from "./queue-functions.ts";
import { topicSubscribers } from "./topic-subscribers.ts";

const { clients } = serveTests();
const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
beforeAll(async () => {
  await $.allowQueues();
  await allow("execution_role", "sns:Publish");
});

const answering = "exports.handler = async (event) => ({ told: event });";
const failing = `exports.handler = async () => { throw new Error("no good"); };`;

async function allow(RoleName: string, Action: string): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "topics", PolicyDocument }));
}

const configure = (FunctionName: string, DestinationConfig?: lambda.DestinationConfig) =>
  clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }));

async function send(FunctionName: string, Payload: string): Promise<string> {
  const { $metadata } = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
  return $metadata.requestId ?? "";
}

/** A topic, and a queue that gets what is published to it as it is. */
async function heard(name: string): Promise<{ readonly topic: string; readonly queue: TestQueue }> {
  const topic = await $.createTopic(name);
  const queue = await $.createQueue(name);
  await $.allow(queue, topic);
  await $.subscribe(topic, "sqs", queue.arn, { RawMessageDelivery: "true" });
  return { topic, queue };
}

/** A role that functions may have, and that may publish nothing. */
async function poorRole(): Promise<string> {
  const Statement = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName: "poor", AssumeRolePolicyDocument }));
  return Role?.Arn ?? "";
}

test("topics are destinations: the record of an event is published", async () => {
  const { topic, queue } = await heard("ended");
  await $.createFunction("answers", answering);
  await $.createFunction("fails", failing);
  for (const name of ["answers", "fails"]) await configure(name, { OnSuccess: { Destination: topic }, OnFailure: { Destination: topic } });
  const ids = [await send("answers", '{"a":1}'), await send("fails", '{"b":2}')];
  const records = (await $.take(queue, 2)).map(({ Body = "" }) => JSON.parse(Body) as { requestContext: { requestId: string } });
  const byId = ids.map((id) => records.find(({ requestContext }) => requestContext.requestId === id));
  expect(byId[0]).toMatchObject({
    requestContext: { condition: "Success" },
    requestPayload: { a: 1 },
    responsePayload: { told: { a: 1 } },
  });
  expect(byId[1]).toMatchObject({ requestContext: { condition: "RetriesExhausted" }, responsePayload: { errorMessage: "no good" } });
});

test("a topic as dead-letter target is sent the event as it was, with the error in the attributes", async () => {
  const { topic, queue } = await heard("died");
  await $.createFunction("dies", failing, { DeadLetterConfig: { TargetArn: topic } });
  await configure("dies");
  const requestId = await send("dies", '{ "spaces":  "stay" }');
  const [letter] = await $.take(queue, 1);
  expect(letter?.Body).toBe('{ "spaces":  "stay" }');
  expect(letter?.MessageAttributes).toEqual({
    RequestID: { DataType: "String", StringValue: requestId },
    ErrorCode: { DataType: "Number", StringValue: "200" },
    ErrorMessage: { DataType: "String", StringValue: "no good" },
  });
});

test("topics are refused that are not there, are FIFO, or that the function's role may not publish to", async () => {
  const topic = await $.createTopic("closed");
  const fifo = await $.createTopic("closed.fifo", { FifoTopic: "true" });
  const absent = `${topic}-absent`;
  const refused = (promise: Promise<unknown>, message: string) => expectError(promise, "InvalidParameterValueException", 400, message);
  await $.createFunction("careful", answering);
  for (const Destination of [absent, fifo])
    await refused(configure("careful", { OnFailure: { Destination } }), `The destination ARN ${Destination} is invalid.`);
  await refused(
    $.createFunction("absent", answering, { DeadLetterConfig: { TargetArn: absent } }),
    "Error occurred while Publish. SNS Error Code: NotFound. SNS Error Message: Topic does not exist",
  );
  const Role = await poorRole();
  await $.createFunction("poor", answering, { Role });
  await refused(
    configure("poor", { OnSuccess: { Destination: topic } }),
    `The function's execution role does not have permissions to call Publish on ${topic}`,
  );
  await refused(
    $.createFunction("denied", answering, { Role, DeadLetterConfig: { TargetArn: topic } }),
    "The provided execution role does not have permissions to call Publish on SNS",
  );
});
