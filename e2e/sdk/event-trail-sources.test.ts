import * as lambda from "@aws-sdk/client-lambda";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import * as sqs from "@aws-sdk/client-sqs";
import { beforeAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { queueFunctions, telling } from "./queue-functions.ts";
import { topicSubscribers } from "./topic-subscribers.ts";

const { server, clients } = serveTests();
const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
beforeAll(() => $.allowQueues());

const trail = async (...args: readonly string[]): Promise<string> => (await mayflyTrail(server, ...args)).stdout;
/** The trail of an id, once it has a step. */
const until = (id: string, step: string, count = 1) =>
  waitFor(`${step} of ${id}`, async () => {
    const text = await trail(id);
    return trailSteps(text).filter((one) => one === step).length >= count && text;
  });
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const invoke = async (FunctionName: string, event: object) => {
  const command = new lambda.InvokeCommand({ FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) });
  return (await clients.lambda.send(command)).$metadata.requestId ?? "";
};
const noRetry = (FunctionName: string, DestinationConfig?: lambda.DestinationConfig) =>
  clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }));

test("a message in a queue that nobody reads: who sent it, by its id and by its request's", async () => {
  const queue = await $.createQueue("unread");
  const { MessageId = "", $metadata } = await $.send(queue, "hello");
  const told = await trail(MessageId);
  expect(trailSteps(told)).toEqual(["produced"]);
  expect(told).toContain(`${MessageId}, from ${queue.arn}\nnobody has received it`);
  expect(told).toContain("by arn:aws:iam::123456789012:root");
  expect(await trail($metadata.requestId ?? "")).toBe(told);
  expect(await trail("--source", queue.arn)).toContain(MessageId);
});

test("a message that always fails: each attempt, and that it is a dead letter now", async () => {
  const dead = await $.createQueue("trail-dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const queue = await $.createQueue("trail-poison", { VisibilityTimeout: "1", RedrivePolicy });
  await $.createFunction("trail-poison", telling(`throw new Error("never");`), { Timeout: 1 });
  await $.map("trail-poison", queue);
  const { MessageId = "" } = await $.send(queue, "poison");
  const told = await until(MessageId, "dead-lettered");
  const attempt = ["received", "delivered", "failed", "left"];
  expect(trailSteps(told)).toEqual(expect.arrayContaining(["produced", ...attempt, ...attempt, "dead-lettered"]));
  expect(told).toContain(`by ${queue.arn}`);
  expect(await trail("--source", dead.arn)).toContain("produced");
  // A redrive makes another message of it.
  const DestinationArn = (await $.createQueue("trail-redriven")).arn;
  await clients.sqs.send(new sqs.StartMessageMoveTaskCommand({ SourceArn: dead.arn, DestinationArn }));
  const moved = await until(MessageId, "moved");
  const newId = new RegExp(`moved +${DestinationArn}; message ([0-9a-f-]{36})`).exec(moved)?.[1] ?? "";
  expect(await trail(newId)).toContain(`${newId}, from ${DestinationArn}`);
});

test("an asynchronous invocation: each attempt and what its destination was told, which has a trail of its own", async () => {
  const told = await $.createQueue("trail-told");
  await $.createFunction("trail-async", telling(`if (event.fails) throw new Error("not this one");`));
  await noRetry("trail-async", { OnFailure: { Destination: told.arn } });
  const ended = await until(await invoke("trail-async", {}), "succeeded");
  expect(trailSteps(ended)).toEqual(["produced", "delivered", "succeeded"]);
  expect(ended).toContain(`for ${functionArn("trail-async")}, by an asynchronous invocation`);
  expect(ended).toContain("by arn:aws:iam::123456789012:root");
  const id = await invoke("trail-async", { fails: true });
  const failed = await until(id, "told");
  expect(trailSteps(failed)).toEqual(["produced", "delivered", "failed", "given-up", "told"]);
  const messageId = /message ([0-9a-f-]{36})/.exec(failed)?.[1] ?? "";
  const both = await trail(messageId);
  expect(both).toContain(failed.trim());
  expect(both).toContain(`${messageId}, from ${told.arn}`);
  expect(await trail("--function", "trail-async")).toContain(id);
});

test("an asynchronous invocation that is throttled says so, and when it is tried again; a destination that takes nothing, too", async () => {
  await $.createFunction("trail-throttled", telling());
  const limit = (ReservedConcurrentExecutions: number) =>
    clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "trail-throttled", ReservedConcurrentExecutions }));
  await limit(0);
  const id = await invoke("trail-throttled", {});
  expect(trailSteps(await until(id, "postponed")).slice(0, 3)).toEqual(["produced", "throttled", "postponed"]);
  await limit(1);
  expect(trailSteps(await until(id, "succeeded"))).toEqual(expect.arrayContaining(["throttled", "postponed", "delivered", "succeeded"]));

  const closed = await $.createQueue("trail-closed");
  await noRetry("trail-throttled", { OnSuccess: { Destination: closed.arn } });
  await clients.sqs.send(new sqs.DeleteQueueCommand({ QueueUrl: closed.url }));
  const untold = await until(await invoke("trail-throttled", {}), "untold");
  expect(untold).toContain(`${closed.arn}: The specified queue does not exist`);
});

test("a topic: by the message's and the request's id, to whom it went and to whom not, and why", async () => {
  const topic = await $.createTopic("trail-topic");
  const alone = await $.publish(topic, "to nobody");
  expect(trailSteps(await trail(alone.MessageId ?? ""))).toEqual(["produced"]);
  const queue = await $.createQueue("trail-topic");
  await $.allow(queue, topic);
  await $.subscribe(topic, "sqs", queue.arn);
  await $.subscribe(topic, "email", "ann@example.com");
  await $.createFunction("trail-topic", telling());
  await $.allowFunction("trail-topic", topic);
  await $.subscribe(topic, "lambda", functionArn("trail-topic"), { FilterPolicy: '{"colour":["red"]}' });
  const MessageAttributes = { colour: { DataType: "String", StringValue: "blue" } };
  const { MessageId = "", $metadata } = await $.publish(topic, "hello", { MessageAttributes });
  const told = await until(MessageId, "delivered");
  const asked = /(\S+) +trail-topic +ann@example\.com .* accepted, delivered\n/.exec(await trail("--source", topic))?.[1] ?? "";
  expect(await trail(asked)).toMatch(/accepted +SubscriptionConfirmation\n/);
  expect(trailSteps(told).toSorted()).toEqual(["accepted", "delivered", "filtered", "filtered"]);
  expect(told).toMatch(/filtered +\S+ +the subscription is not confirmed/);
  expect(told).toMatch(/filtered +\S+ +colour: \["red"\]/);
  expect(await trail($metadata.requestId ?? "")).toBe(told);
  const inQueue = /delivered +message ([0-9a-f-]{36})/.exec(told)?.[1] ?? "";
  expect(await trail(inQueue)).toMatch(new RegExp(`${inQueue}, from ${queue.arn}\\nnobody has received it\\n[^]*by ${topic}`));

  const red = { MessageAttributes: { colour: { DataType: "String", StringValue: "red" } } };
  const taken = await until((await $.publish(topic, "hello", red)).MessageId ?? "", "delivered", 2);
  const requestId = /delivered +([0-9a-f-]{36})/.exec(taken)?.[1] ?? "";
  expect(trailSteps(await until(requestId, "succeeded"))).toEqual(
    expect.arrayContaining(["accepted", "delivered", "produced", "succeeded"]),
  );
});

test("a topic's message that a function fails at: its id leads to how the invocation ended; a password in an endpoint's URL is not told", async () => {
  const topic = await $.createTopic("trail-failing");
  await $.createFunction("trail-failing", telling(`throw new Error("never");`));
  await noRetry("trail-failing");
  await $.allowFunction("trail-failing", topic);
  await $.subscribe(topic, "lambda", functionArn("trail-failing"));
  await $.subscribe(topic, "http", "http://ann:geheim@127.0.0.1:9/path");
  const { MessageId = "" } = await $.publish(topic, "hello");
  const told = await until(MessageId, "given-up");
  const steps = ["accepted", "delivered", "delivered", "failed", "filtered", "given-up", "produced"];
  expect(trailSteps(told).toSorted()).toEqual(steps);
  expect(told).toMatch(/given-up +RetriesExhausted/);
  expect(told).toContain("for http://ann:****@127.0.0.1:9/path, by the subscription");
  expect(told).not.toContain("geheim");
});

test("a repetition: by its request's id, what became of the first message", async () => {
  const topic = await $.createTopic("trail-again.fifo", { FifoTopic: "true" });
  const queue = await $.createQueue("trail-again.fifo", { FifoQueue: "true" });
  await $.allow(queue, topic);
  await $.subscribe(topic, "sqs", queue.arn);
  const ids = { MessageGroupId: "g", MessageDeduplicationId: "d" };
  const { MessageId = "" } = await $.publish(topic, "1", ids);
  await until(MessageId, "delivered");
  const again = await $.publish(topic, "1", ids);
  const told = await trail(again.$metadata.requestId ?? "");
  expect(told).toContain(`${MessageId}, from ${topic}\n`);
  expect(trailSteps(told)).toEqual(["accepted", "delivered", "repeated"]);

  const send = () =>
    clients.sqs.send(
      new sqs.SendMessageCommand({ QueueUrl: queue.url, MessageBody: "2", MessageGroupId: "g", MessageDeduplicationId: "e" }),
    );
  const first = await send();
  const second = await send();
  expect(second.MessageId).toBe(first.MessageId);
  expect(trailSteps(await trail(second.$metadata.requestId ?? ""))).toEqual(["produced", "repeated"]);
});

test("an object: by its request's id and its sequencer, whom it went to, and which prefix, suffix or event was not met", async () => {
  const Bucket = "trail-bucket";
  await clients.s3.send(new s3.CreateBucketCommand({ Bucket }));
  await clients.iam.send(
    new PutRolePolicyCommand({
      RoleName: "execution_role",
      PolicyName: "objects",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } }),
    }),
  );
  await $.createFunction("trail-bucket", telling());
  await clients.lambda.send(
    new lambda.AddPermissionCommand({
      FunctionName: "trail-bucket",
      StatementId: "s3",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceArn: `arn:aws:s3:::${Bucket}`,
    }),
  );
  const to = (Id: string, Events: s3.Event[], ...FilterRules: s3.FilterRule[]): s3.LambdaFunctionConfiguration => ({
    Id,
    LambdaFunctionArn: functionArn("trail-bucket"),
    Events,
    Filter: { Key: { FilterRules } },
  });
  const LambdaFunctionConfigurations = [
    to("pictures", ["s3:ObjectCreated:*"], { Name: "prefix", Value: "in/" }, { Name: "suffix", Value: ".png" }),
    to("gone", ["s3:ObjectRemoved:*"]),
  ];
  const NotificationConfiguration = { LambdaFunctionConfigurations };
  await clients.s3.send(new s3.PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  const put = async (Key: string): Promise<string> =>
    (await clients.s3.send(new s3.PutObjectCommand({ Bucket, Key, Body: "x" }))).$metadata.requestId ?? "";
  const unmet = await trail(await put("in/a.txt"));
  expect(trailSteps(unmet)).toEqual(["filtered", "filtered"]);
  expect(unmet).toContain("by the notification pictures");
  expect(unmet).toMatch(/suffix: \.png; sequencer [0-9A-F]{16,}/);
  expect(unmet).not.toContain("prefix: in/");
  expect(unmet).toContain("events: s3:ObjectRemoved:*");
  expect(await trail(await put("out/a.txt"))).toContain("prefix: in/; suffix: .png");

  const id = await put("in/a.png");
  const told = await until(id, "delivered");
  const sequencer = /sequencer ([0-9A-F]+)/.exec(told)?.[1] ?? "";
  const requestId = /delivered +([0-9a-f-]{36})/.exec(told)?.[1] ?? "";
  const run = await until(requestId, "succeeded");
  // What its invocation came to is part of it.
  const steps = ["accepted", "delivered", "delivered", "filtered", "produced", "succeeded"];
  expect(trailSteps(await trail(sequencer)).toSorted()).toEqual(steps);
  expect(run).toContain(`by arn:aws:s3:::${Bucket}`);
  const { Deleted = [], $metadata } = await clients.s3.send(
    new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "in/a.png" }, { Key: "in/a.txt" }] } }),
  );
  expect(Deleted).toHaveLength(2);
  const gone = await until($metadata.requestId ?? "", "delivered", 2);
  expect(gone).toContain(`${$metadata.requestId}/in/a.png`);
  expect(gone).toContain("events: s3:ObjectCreated:*");
});
