import * as sns from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { mayflyTrail } from "./mayfly-trail.ts";
import { queueFunctions } from "./queue-functions.ts";
import { startEndpoint, topicSubscribers, type Envelope, type WebEndpoint } from "./topic-subscribers.ts";

const { clients, server } = serveTests();
const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
const endpoints: WebEndpoint[] = [];
const endpoint: typeof startEndpoint = async (answer) => {
  const started = await startEndpoint(answer);
  endpoints.push(started);
  return started;
};
beforeAll(() => $.allowQueues());
afterAll(async () => {
  for (const each of endpoints) await each.close();
});

const atOnce = (numRetries: number): string =>
  JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries, numNoDelayRetries: numRetries } });
const telling = `exports.handler = async (event) => console.log("TOLD " + JSON.stringify(event));`;

interface SnsEvent {
  readonly Records: readonly [{ readonly EventSubscriptionArn: string; readonly Sns: Envelope }];
}

test("a message fans out to two functions, a queue and an HTTP endpoint that fails twice", async () => {
  const topic = await $.createTopic("fan-out");
  const web = await endpoint(({ headers }, before) => (headers["x-amz-sns-message-type"] === "Notification" && before < 2 ? 503 : 200));
  const queue = await $.createQueue("fan-out");
  await $.allow(queue, topic);
  for (const name of ["fan-one", "fan-two"]) {
    await $.createFunction(name, telling);
    await $.allowFunction(name, topic);
    await $.subscribe(topic, "lambda", `arn:aws:lambda:us-east-1:123456789012:function:${name}`);
  }
  const subscription = await $.subscribe(topic, "sqs", queue.arn);
  const webSubscription = await $.subscribeWeb(topic, web, { DeliveryPolicy: atOnce(3) });
  const attributes = { colour: { DataType: "String", StringValue: "red" }, size: { DataType: "Number", StringValue: "7" } };
  const { MessageId = "" } = await $.publish(topic, 'hello "all"', { Subject: "A greeting", MessageAttributes: attributes });

  const common = {
    Type: "Notification",
    MessageId,
    TopicArn: topic,
    Subject: "A greeting",
    Message: 'hello "all"',
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    SignatureVersion: "1",
    Signature: expect.stringMatching(/^[\w+/]{342}==$/) as string,
    MessageAttributes: { colour: { Type: "String", Value: "red" }, size: { Type: "Number", Value: "7" } },
  };
  const certificate = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/SimpleNotificationService-[\da-f]{32}\.pem$/) as string;
  const unsubscribe = (arn: string) => `${server.url}/?Action=Unsubscribe&SubscriptionArn=${arn}`;

  const [message] = await $.take(queue, 1);
  const body = JSON.parse(message?.Body ?? "") as Envelope;
  expect(body).toEqual({ ...common, SigningCertURL: certificate, UnsubscribeURL: unsubscribe(subscription) });
  expect(Object.keys(body).join()).toBe(
    "Type,MessageId,TopicArn,Subject,Message,Timestamp,SignatureVersion,Signature,SigningCertURL,UnsubscribeURL,MessageAttributes",
  );
  expect(message?.Body).toMatch(/^\{\n {2}"Type" : "Notification",\n {2}"MessageId" : /);

  const tries = await web.got(3);
  expect(tries.map((one) => one.body)).toEqual(Array(3).fill(tries[0]?.body));
  expect(JSON.parse(tries[2]?.body ?? "")).toEqual({
    ...common,
    SigningCertURL: certificate,
    UnsubscribeURL: unsubscribe(webSubscription),
  });
  expect(tries[2]?.headers).toMatchObject({
    "x-amz-sns-message-type": "Notification",
    "x-amz-sns-message-id": MessageId,
    "x-amz-sns-topic-arn": topic,
    "x-amz-sns-subscription-arn": webSubscription,
    "content-type": "text/plain; charset=UTF-8",
    "user-agent": "Amazon Simple Notification Service Agent",
  });

  for (const name of ["fan-one", "fan-two"]) {
    const [event] = await waitFor(`the event of ${name}`, async () => {
      const told = await $.logged<SnsEvent>(name);
      return told.length > 0 && told;
    });
    const [record] = event?.Records ?? [];
    expect(record).toEqual({
      EventSource: "aws:sns",
      EventVersion: "1.0",
      EventSubscriptionArn: expect.stringContaining(`${topic}:`) as string,
      Sns: { ...common, SigningCertUrl: certificate, UnsubscribeUrl: unsubscribe(record?.EventSubscriptionArn ?? "") },
    });
  }
});

test("raw: a queue gets the message and its attributes, an endpoint the message and a header", async () => {
  const topic = await $.createTopic("raw");
  const queue = await $.createQueue("raw");
  const web = await endpoint();
  await $.allow(queue, topic);
  const raw = { RawMessageDelivery: "true" };
  await $.subscribe(topic, "sqs", queue.arn, raw);
  const policy = JSON.stringify({ requestPolicy: { headerContentType: "application/json" } });
  await $.subscribeWeb(topic, web, { ...raw, DeliveryPolicy: policy });
  const MessageAttributes = {
    text: { DataType: "String", StringValue: "a" },
    list: { DataType: "String.Array", StringValue: '["a",1]' },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  };
  await $.publish(topic, '{"plain":true}', { MessageAttributes });
  const [message] = await $.take(queue, 1);
  expect(message?.Body).toBe('{"plain":true}');
  expect(message?.MessageAttributes).toEqual(MessageAttributes);
  const [posted] = await web.got(1);
  expect(posted?.body).toBe('{"plain":true}');
  expect(posted?.headers).toMatchObject({ "x-amz-sns-rawdelivery": "true", "content-type": "application/json" });
});

test("filter policies on attributes and the body decide who gets a message, and the trail says why not", async () => {
  const topic = await $.createTopic("filtered");
  const [reds, larges] = [await $.createQueue("reds"), await $.createQueue("larges")];
  for (const queue of [reds, larges]) await $.allow(queue, topic);
  const raw = { RawMessageDelivery: "true" };
  await $.subscribe(topic, "sqs", reds.arn, { ...raw, FilterPolicy: '{"colour":["red"]}' });
  const body = { FilterPolicy: '{"size":[{"numeric":[">",5]}]}', FilterPolicyScope: "MessageBody" };
  await $.subscribe(topic, "sqs", larges.arn, { ...raw, ...body });
  const colour = (StringValue: string) => ({ MessageAttributes: { colour: { DataType: "String", StringValue } } });
  await $.publish(topic, '{"size":1}', colour("red"));
  const { MessageId = "" } = await $.publish(topic, '{"size":7}', colour("blue"));
  await $.publish(topic, '{"size":8}', colour("red"));
  expect((await $.take(reds, 2)).map(({ Body }) => Body).sort()).toEqual(['{"size":1}', '{"size":8}']);
  expect((await $.take(larges, 2)).map(({ Body }) => Body).sort()).toEqual(['{"size":7}', '{"size":8}']);
  const { stdout } = await mayflyTrail(server, MessageId);
  expect(stdout).toMatch(/for \S+:reds, by the subscription \S+\n[^]*filtered +\S+ +colour: \["red"\]/);
  expect(stdout).toMatch(/for \S+:larges, by the subscription \S+\n[^]*accepted[^]*delivered/);
});

test("what an endpoint will never take, and what it fails at too often, goes to the dead-letter queue; a redirect is not followed", async () => {
  const topic = await $.createTopic("dead");
  const dead = await $.createQueue("dead");
  await $.allow(dead, topic);
  const web = await endpoint(({ path, headers }) =>
    headers["x-amz-sns-message-type"] === "SubscriptionConfirmation" ? 200 : Number(path.slice(1)),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
  const statuses = [404, 302, 101, 500, 429];
  for (const status of statuses) await $.subscribeWeb(topic, web, { RedrivePolicy, DeliveryPolicy: atOnce(2) }, `/${status}`);
  await $.subscribe(topic, "sqs", "arn:aws:sqs:us-east-1:123456789012:nowhere", { RedrivePolicy });
  await $.subscribe(topic, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:nothing", { RedrivePolicy });
  const { MessageId } = await $.publish(topic, "lost");
  const letters = await $.take(dead, 7);
  const codes = letters.map(({ MessageAttributes = {} }) => MessageAttributes["ErrorCode"]?.StringValue ?? "").sort();
  expect(codes).toEqual(["101", "302", "404", "429", "500", "AWS.SimpleQueueService.NonExistentQueue", "AccessDenied"]);
  for (const { Body = "", MessageAttributes = {} } of letters) {
    expect(JSON.parse(Body)).toMatchObject({ Type: "Notification", MessageId, Message: "lost" });
    expect(Object.keys(MessageAttributes).sort()).toEqual(["ErrorCode", "ErrorMessage", "RequestID"]);
  }
  const counts = statuses.map((status) => web.of().filter(({ path }) => path === `/${status}`).length);
  expect(counts).toEqual([1, 1, 1, 3, 3]);
});

test("what is raw with more attributes than a queue takes is a dead letter with some of them", async () => {
  const topic = await $.createTopic("many-attributes");
  const [queue, dead] = [await $.createQueue("ten-attributes"), await $.createQueue("many-attributes-dead")];
  for (const each of [queue, dead]) await $.allow(each, topic);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
  await $.subscribe(topic, "sqs", queue.arn, { RawMessageDelivery: "true", RedrivePolicy });
  const attributes = Array.from({ length: 11 }, (_, at) => [`a${at}`, { DataType: "String", StringValue: "x" }] as const);
  await $.publish(topic, "rich", { MessageAttributes: Object.fromEntries(attributes) });
  const [letter] = await $.take(dead, 1);
  expect(letter?.Body).toBe("rich");
  expect(letter?.MessageAttributes?.["ErrorMessage"]?.StringValue).toContain("Number of message attributes [11] exceeds");
  expect(Object.keys(letter?.MessageAttributes ?? {})).toHaveLength(10);
});

test("without the queue's or the function's permission nothing is delivered", async () => {
  const topic = await $.createTopic("denied");
  const [closed, dead] = [await $.createQueue("closed"), await $.createQueue("closed-dead")];
  await $.allow(dead, topic);
  await $.createFunction("closed", telling);
  await $.allow(closed, `${topic}-other`);
  await $.allowFunction("closed", `${topic}-other`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
  await $.subscribe(topic, "sqs", closed.arn, { RedrivePolicy });
  await $.subscribe(topic, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:closed", { RedrivePolicy });
  await $.publish(topic, "secret");
  const letters = await $.take(dead, 2);
  expect(letters.map(({ MessageAttributes = {} }) => MessageAttributes["ErrorCode"]?.StringValue)).toEqual([
    "AccessDenied",
    "AccessDenied",
  ]);
  expect(await $.left(closed)).toBe(0);
});

test("a FIFO topic keeps each group's order, tells repetitions, and hands group and deduplication ids on", async () => {
  const topic = await $.createTopic("ordered.fifo", { FifoTopic: "true", ContentBasedDeduplication: "true" });
  const queue = await $.createQueue("ordered.fifo", { FifoQueue: "true" });
  await $.allow(queue, topic);
  await $.subscribe(topic, "sqs", queue.arn);
  const sent: { sequence: string; id: string }[] = [];
  for (let at = 0; at < 20; at++) {
    const answer = await $.publish(topic, `message ${at}`, { MessageGroupId: `g${at % 2}` });
    sent.push({ sequence: answer.SequenceNumber ?? "", id: answer.MessageId ?? "" });
  }
  const again = await $.publish(topic, "message 3", { MessageGroupId: "g1" });
  expect(again.MessageId).toBe(sent[3]?.id);
  expect(sent.map(({ sequence }) => sequence)).toEqual(sent.map(({ sequence }) => sequence).sort());
  const taken = await $.take(queue, 20);
  for (const group of [0, 1]) {
    const bodies = taken.map(({ Body = "" }) => JSON.parse(Body) as Envelope);
    const ofGroup = bodies.filter(({ Message = "" }) => Number(Message.split(" ")[1]) % 2 === group).map(({ Message }) => Message);
    expect(ofGroup).toEqual(Array.from({ length: 10 }, (_, at) => `message ${2 * at + group}`));
  }
  const first = taken[0];
  expect(first?.Attributes).toMatchObject({
    MessageGroupId: "g0",
    MessageDeduplicationId: expect.stringMatching(/^[\da-f]{64}$/) as string,
  });
  const body = JSON.parse(first?.Body ?? "") as Envelope;
  expect(body).toMatchObject({ SequenceNumber: sent[0]?.sequence });
  expect(body).not.toHaveProperty("Signature");
});

test("an endpoint is sent no more a second than it bears", async () => {
  const topic = await $.createTopic("slow");
  const web = await endpoint();
  await $.subscribeWeb(topic, web, { DeliveryPolicy: JSON.stringify({ throttlePolicy: { maxReceivesPerSecond: 5 } }) });
  const started = performance.now();
  const Entries = Array.from({ length: 8 }, (_, at) => ({ Id: String(at), Message: String(at) }));
  await clients.sns.send(new sns.PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: Entries }));
  await web.got(8);
  expect(performance.now() - started).toBeGreaterThan(1_300);
});

test("an endpoint that hangs holds up nobody else, and is tried again", async () => {
  const topic = await $.createTopic("hangs");
  const hanging = await endpoint(({ headers }) => (headers["x-amz-sns-message-type"] === "Notification" ? undefined : 200));
  const web = await endpoint();
  const queue = await $.createQueue("does-not-hang");
  await $.allow(queue, topic);
  await $.subscribe(topic, "sqs", queue.arn, { RawMessageDelivery: "true" });
  await $.subscribeWeb(topic, hanging);
  await $.subscribeWeb(topic, web);
  const bodies = Array.from({ length: 50 }, (_, at) => String(at));
  for (let at = 0; at < 50; at += 10) {
    const PublishBatchRequestEntries = bodies.slice(at, at + 10).map((Message) => ({ Id: Message, Message }));
    await clients.sns.send(new sns.PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries }));
  }
  expect((await $.take(queue, 50)).map(({ Body }) => Number(Body)).sort((one, other) => one - other)).toEqual(bodies.map(Number));
  await web.got(50);
  // Ten at most are under way, until they are broken off after 15 seconds; then others are.
  await hanging.got(10, "Notification", 40_000);
  const [first] = hanging.of();
  const idOf = (posted: typeof first): unknown => posted?.headers["x-amz-sns-message-id"];
  await waitFor(
    "others to have their turn",
    () => hanging.of().some((posted) => idOf(posted) !== idOf(first)) && hanging.of().length > 10,
    30_000,
  );
});
