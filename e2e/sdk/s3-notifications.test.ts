import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { beforeAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { queueFunctions, type TestQueue } from "./queue-functions.ts";

const { clients, server, restart } = serveTests();
const $ = queueFunctions(clients);
const Bucket = "told-of";
const source = `arn:aws:s3:::${Bucket}`;
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const telling = `exports.handler = async (event) => console.log("TOLD " + JSON.stringify(event));`;

interface S3Event {
  readonly Event?: string;
  readonly Records?: readonly {
    readonly eventName: string;
    readonly responseElements: Readonly<Record<string, string>>;
    readonly s3: { readonly object: { readonly key: string; readonly sequencer: string } };
  }[];
}

const put = (Key: string, Body: string | Uint8Array = Key) => clients.s3.send(new s3.PutObjectCommand({ Bucket, Key, Body }));
const configure = (
  NotificationConfiguration: s3.NotificationConfiguration,
  more: Partial<s3.PutBucketNotificationConfigurationCommandInput> = {},
) => clients.s3.send(new s3.PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration, ...more }));
const rule = (Name: s3.FilterRuleName, Value: string) => ({ Key: { FilterRules: [{ Name, Value }] } });
const created: s3.Event[] = ["s3:ObjectCreated:*"];

const allowFunction = (FunctionName: string) =>
  clients.lambda.send(
    new lambda.AddPermissionCommand({
      FunctionName,
      StatementId: "bucket",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceArn: source,
      SourceAccount: "123456789012",
    }),
  );
const policyFor = (Action: string, Resource: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action,
      Resource,
      Condition: { ArnEquals: { "aws:SourceArn": source }, StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  });
const allowQueue = ({ url, arn }: TestQueue) =>
  clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: policyFor("sqs:SendMessage", arn) } }));

/** Takes messages off a queue until there is what is waited for. */
async function eventsUntil({ url: QueueUrl }: TestQueue, isEnough: (events: readonly S3Event[]) => boolean): Promise<readonly S3Event[]> {
  const events: S3Event[] = [];
  await waitFor("events", async () => {
    const receive = new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await clients.sqs.send(receive);
    for (const { Body = "{}", ReceiptHandle } of Messages) {
      events.push(JSON.parse(Body) as S3Event);
      await clients.sqs.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return isEnough(events);
  });
  return events;
}
const eventsOf = (queue: TestQueue, count: number) => eventsUntil(queue, (events) => events.length >= count);
const told = (events: readonly S3Event[]) =>
  events.flatMap(({ Records = [] }) => Records.map(({ eventName, s3: { object } }) => `${eventName} ${object.key}`)).toSorted();

beforeAll(async () => {
  await clients.s3.send(new s3.CreateBucketCommand({ Bucket }));
});

test("a function, a queue and a topic's queue are told of what their filters speak of", async () => {
  await $.createFunction("pictures", telling);
  await allowFunction("pictures");
  const [texts, gone] = [await $.createQueue("texts"), await $.createQueue("gone")];
  await allowQueue(texts);
  const { TopicArn = "" } = await clients.sns.send(new sns.CreateTopicCommand({ Name: "gone" }));
  await clients.sns.send(
    new sns.SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue: policyFor("sns:Publish", TopicArn) }),
  );
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: gone.arn },
  });
  await clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl: gone.url, Attributes: { Policy } }));
  await clients.sns.send(
    new sns.SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: gone.arn, Attributes: { RawMessageDelivery: "true" } }),
  );

  await configure({
    LambdaFunctionConfigurations: [
      { Id: "pictures", LambdaFunctionArn: functionArn("pictures"), Events: created, Filter: rule("suffix", ".jpg") },
    ],
    QueueConfigurations: [{ QueueArn: texts.arn, Events: created, Filter: rule("suffix", ".txt") }],
    TopicConfigurations: [{ TopicArn, Events: ["s3:ObjectRemoved:*"] }],
  });
  expect(await eventsOf(texts, 1)).toMatchObject([{ Service: "Amazon S3", Event: "s3:TestEvent", Bucket }]);
  expect(await eventsOf(gone, 1)).toMatchObject([{ Event: "s3:TestEvent" }]);

  const answer = await put("of a team/cat+1.jpg");
  await put("a.txt");
  await clients.s3.send(new s3.DeleteObjectCommand({ Bucket, Key: "a.txt" }));
  const [event] = await waitFor("the function to be told", async () => {
    const events = await $.logged<S3Event>("pictures");
    return events.length > 0 && events;
  });
  expect(event).toEqual({
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "us-east-1",
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/) as string,
        eventName: "ObjectCreated:Put",
        userIdentity: { principalId: "AWS:123456789012" },
        requestParameters: { sourceIPAddress: "127.0.0.1" },
        responseElements: { "x-amz-request-id": answer.$metadata.requestId, "x-amz-id-2": answer.$metadata.extendedRequestId },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: "pictures",
          bucket: { name: Bucket, ownerIdentity: { principalId: expect.any(String) as string }, arn: source },
          object: {
            key: "of+a+team/cat%2B1.jpg",
            size: 19,
            eTag: answer.ETag?.replaceAll('"', ""),
            sequencer: expect.stringMatching(/^[\dA-F]{16,}$/) as string,
          },
        },
      },
    ],
  });
  expect(told(await eventsOf(texts, 1))).toEqual(["ObjectCreated:Put a.txt"]);
  expect(told(await eventsOf(gone, 1))).toEqual(["ObjectRemoved:Delete a.txt"]);
  const stdout = await waitFor("the trail's end", async () => {
    const trail = await mayflyTrail(server, answer.$metadata.requestId ?? "");
    return trail.stdout.includes("succeeded") && trail.stdout;
  });
  expect(stdout).toContain(source);
  const ofObject = ["accepted", "delivered", "filtered", "filtered"];
  const ofInvocation = ["produced", "delivered", "succeeded"];
  expect(trailSteps(stdout).toSorted()).toEqual([...ofObject, ...ofInvocation].toSorted());
  expect(stdout).toContain("suffix: .txt");
  expect(stdout).toContain("events: s3:ObjectRemoved:*");
  const { LambdaFunctionConfigurations } = await clients.s3.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket }));
  expect(LambdaFunctionConfigurations).toEqual([
    {
      Id: "pictures",
      LambdaFunctionArn: functionArn("pictures"),
      Events: created,
      Filter: { Key: { FilterRules: [{ Name: "Suffix", Value: ".jpg" }] } },
    },
  ]);
});

test("who may not be told is refused in S3's words, and nothing is changed", async () => {
  const refused = (ArgumentName1: string, ArgumentValue1: string) => ({ ArgumentName1, ArgumentValue1 });
  const ofFunction = (name: string) =>
    configure({ LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn(name), Events: created }] });
  const ofQueue = (QueueArn: string) => configure({ QueueConfigurations: [{ QueueArn, Events: created }] });
  const unable = "Unable to validate the following destination configurations";
  await $.createFunction("closed", telling);
  for (const name of ["closed", "missing"])
    expect(await expectError(ofFunction(name), "InvalidArgument", 400, unable)).toMatchObject(
      refused(`${functionArn(name)}, null`, `Not authorized to invoke function [${functionArn(name)}]`),
    );
  const closed = await $.createQueue("closed");
  expect(await expectError(ofQueue(closed.arn), "InvalidArgument", 400, unable)).toMatchObject(
    refused(closed.arn, "Permissions on the destination queue do not allow S3 to publish notifications from this bucket"),
  );
  expect(await expectError(ofQueue(`${closed.arn}-missing`), "InvalidArgument", 400, unable)).toMatchObject(
    refused(`${closed.arn}-missing`, "The destination queue does not exist"),
  );
  expect(await expectError(ofQueue("invalid-queue"), "InvalidArgument", 400, "The ARN could not be parsed")).toMatchObject({
    ArgumentName: "Queue",
    ArgumentValue: "invalid-queue",
  });
  const kept = await clients.s3.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket }));
  expect(kept.LambdaFunctionConfigurations).toHaveLength(1);
});

test("an acknowledged write's event outlives a kill", async () => {
  const queue = await $.createQueue("killed");
  await allowQueue(queue);
  await configure({ QueueConfigurations: [{ QueueArn: queue.arn, Events: created }] });
  await eventsOf(queue, 1);
  const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
  const acknowledged: string[] = [];
  const writes = Promise.allSettled(keys.map(async (key) => (await put(key), acknowledged.push(key))));
  await waitFor("some writes", () => acknowledged.length >= 10);
  await server.kill();
  await writes;
  await restart();
  // Some twice: those that were told when the server was killed, and were not yet known to be.
  const expected = acknowledged.map((key) => `ObjectCreated:Put ${key}`);
  const events = await eventsUntil(queue, (soFar) => expected.every((one) => told(soFar).includes(one)));
  expect(told(events)).toEqual(expect.arrayContaining(expected));
});
