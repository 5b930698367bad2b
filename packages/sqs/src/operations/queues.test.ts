import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSqs, type TestSqs } from "../testing/test-sqs.ts";

let sqs: TestSqs;
let tests = 0;
beforeAll(async () => {
  sqs = await startTestSqs();
});
beforeEach(() => {
  sqs.region = `us-test-${++tests}`;
});
afterAll(() => sqs.close());

const urlOf = (name: string): string => `http://127.0.0.1:4566/123456789012/${name}`;
const make = (QueueName: string, Attributes: Record<string, string> = {}) => sqs.call("CreateQueue", { QueueName, Attributes });
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing refused",
    (error: Error & { code: string }) => `${error.code}: ${error.message}`,
  );
const attributesOf = async (name: string): Promise<Record<string, string>> =>
  (await sqs.call("GetQueueAttributes", { QueueUrl: urlOf(name), AttributeNames: ["All"] })).Attributes ?? {};

describe("an attribute is refused", () => {
  test.each([
    ["DelaySeconds", "901", "InvalidAttributeValue: Invalid value for the parameter DelaySeconds."],
    ["DelaySeconds", "x", "InvalidAttributeValue: Invalid value for the parameter DelaySeconds."],
    ["VisibilityTimeout", "43201", "InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout."],
    ["MessageRetentionPeriod", "59", "InvalidAttributeValue: Invalid value for the parameter MessageRetentionPeriod."],
    ["MaximumMessageSize", "1048577", "InvalidAttributeValue: Invalid value for the parameter MaximumMessageSize."],
    ["ReceiveMessageWaitTimeSeconds", "21", "InvalidAttributeValue: Invalid value for the parameter ReceiveMessageWaitTimeSeconds."],
    ["SqsManagedSseEnabled", "yes", "InvalidAttributeValue: Invalid value for the parameter SqsManagedSseEnabled."],
    ["ContentBasedDeduplication", "true", "InvalidAttributeName: Unknown Attribute ContentBasedDeduplication."],
    ["FifoQueue", "true", "InvalidAttributeName: Unknown Attribute FifoQueue."],
    ["QueueArn", "x", "InvalidAttributeName: Unknown Attribute QueueArn."],
    ["__proto__", "x", "InvalidAttributeName: Unknown Attribute __proto__."],
    ["Nonsense", "x", "InvalidAttributeName: Unknown Attribute Nonsense."],
  ])("%s %s", async (name, value, expected) => {
    await make("q");
    const Attributes = JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(value)}}`) as Record<string, string>;
    expect(await refusal(sqs.call("SetQueueAttributes", { QueueUrl: urlOf("q"), Attributes }))).toBe(expected);
  });

  test("of a FIFO queue, when it would change the type", async () => {
    await make("q.fifo", { FifoQueue: "true" });
    expect(await refusal(sqs.call("SetQueueAttributes", { QueueUrl: urlOf("q.fifo"), Attributes: { FifoQueue: "false" } }))).toBe(
      "InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
    );
  });
});

test("encryption is kept, of one kind at a time", async () => {
  await make("q", { KmsMasterKeyId: "alias/k", KmsDataKeyReusePeriodSeconds: "6000", SqsManagedSseEnabled: "false" });
  expect(await attributesOf("q")).toMatchObject({
    KmsMasterKeyId: "alias/k",
    KmsDataKeyReusePeriodSeconds: "6000",
    SqsManagedSseEnabled: "false",
  });
  expect(await refusal(sqs.call("SetQueueAttributes", { QueueUrl: urlOf("q"), Attributes: { SqsManagedSseEnabled: "true" } }))).toBe(
    "InvalidAttributeName: You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
  );
  await sqs.call("SetQueueAttributes", { QueueUrl: urlOf("q"), Attributes: { KmsMasterKeyId: "", SqsManagedSseEnabled: "true" } });
  expect(await attributesOf("q")).toMatchObject({ SqsManagedSseEnabled: "true" });
});

test.each(["", "a b", "a.b", "x".repeat(81), "x.fifo", "x/y"])("the name %j is refused", async (name) => {
  expect(await refusal(make(name))).toBe(
    "InvalidParameterValueException: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
});

test("a queue is answered again with what it has, and refused with something else", async () => {
  await make("q", { DelaySeconds: "1" });
  expect((await make("q")).QueueUrl).toBe(urlOf("q"));
  expect((await make("q", { DelaySeconds: "1", VisibilityTimeout: "30" })).QueueUrl).toBe(urlOf("q"));
  expect(await refusal(make("q", { DelaySeconds: "2" }))).toBe(
    "QueueNameExists: A queue already exists with the same name and a different value for attribute DelaySeconds",
  );
  expect(await refusal(make("q", { Delay: "2" }))).toBe("InvalidAttributeName: Unknown Attribute Delay.");
});

test("a name is free again 60 seconds after its queue was deleted, and nothing of the old one is left", async () => {
  await make("q");
  await sqs.call("SendMessage", { QueueUrl: urlOf("q"), MessageBody: "old" });
  await sqs.call("DeleteQueue", { QueueUrl: urlOf("q") });
  sqs.time.nowMs += 59_000;
  expect(await refusal(make("q"))).toMatch(/^QueueDeletedRecently: You must wait 60 seconds/);
  sqs.time.nowMs += 1_000;
  await make("q");
  expect(await sqs.call("ReceiveMessage", { QueueUrl: urlOf("q") })).toEqual({});
});

test("a purge empties the queue, once in 60 seconds", async () => {
  await make("q");
  const fill = async (): Promise<void> => {
    for (let batch = 0; batch < 3; batch++) {
      const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: "x" }));
      await sqs.call("SendMessageBatch", { QueueUrl: urlOf("q"), Entries });
    }
  };
  await fill();
  await sqs.call("ReceiveMessage", { QueueUrl: urlOf("q"), MaxNumberOfMessages: 10 });
  await sqs.call("PurgeQueue", { QueueUrl: urlOf("q") });
  expect(await attributesOf("q")).toMatchObject({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
  expect(await refusal(sqs.call("PurgeQueue", { QueueUrl: urlOf("q") }))).toBe(
    "PurgeQueueInProgress: Only one PurgeQueue operation on q is allowed every 60 seconds.",
  );
  sqs.time.nowMs += 60_000;
  await fill();
  await sqs.call("PurgeQueue", { QueueUrl: urlOf("q") });
  expect(await attributesOf("q")).toMatchObject({ ApproximateNumberOfMessages: "0" });
});

test("lists are cut into pages, by name", async () => {
  for (const name of ["a-1", "a-2", "a-3", "b-1"]) await make(name);
  const first = await sqs.call("ListQueues", { QueueNamePrefix: "a", MaxResults: 2 });
  expect(first.QueueUrls).toEqual([urlOf("a-1"), urlOf("a-2")]);
  const second = await sqs.call("ListQueues", { QueueNamePrefix: "a", MaxResults: 2, NextToken: first.NextToken });
  expect(second).toEqual({ QueueUrls: [urlOf("a-3")] });
  expect(await sqs.call("ListQueues", { QueueNamePrefix: "c" })).toEqual({});
  expect((await sqs.call("ListQueues", {}, { region: "eu-west-1" })).QueueUrls).toBeUndefined();
  expect((await sqs.call("ListQueues", {}, { accountId: "222222222222" })).QueueUrls).toBeUndefined();
});

test("another account's requests are judged by the queue's policy, but for what is its owner's alone", async () => {
  const Statement = { Effect: "Allow", Principal: "*", Action: "SQS:*", Resource: "*" };
  await make("q", { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  const stranger = { accountId: "222222222222" };
  await sqs.call("SendMessage", { QueueUrl: urlOf("q"), MessageBody: "x" }, stranger);
  expect(sqs.asked.at(-1)).toMatchObject({
    action: "sqs:SendMessage",
    resource: `arn:aws:sqs:${sqs.region}:123456789012:q`,
    resourcePolicy: { Statement },
  });
  await sqs.call("TagQueue", { QueueUrl: urlOf("q"), Tags: { a: "b" } }, stranger);
  expect(sqs.asked.at(-1)).toMatchObject({ action: "sqs:TagQueue", resourcePolicy: undefined, conditionKeys: { "aws:TagKeys": ["a"] } });
  await sqs.call("UntagQueue", { QueueUrl: urlOf("q"), TagKeys: ["a"] });
  expect(sqs.asked.at(-1)).toMatchObject({ resourcePolicy: { Statement }, conditionKeys: { "aws:ResourceTag/a": ["b"] } });
});

test("tags are kept, changed and counted; who makes a queue with tags must be let tag it, too", async () => {
  await sqs.call("CreateQueue", { QueueName: "q", tags: { a: "1", b: "" } });
  expect(sqs.asked.slice(-2).map(({ action }) => action)).toEqual(["sqs:CreateQueue", "sqs:TagQueue"]);
  expect(sqs.asked.at(-1)).toMatchObject({
    resource: `arn:aws:sqs:${sqs.region}:123456789012:q`,
    conditionKeys: { "aws:RequestTag/a": ["1"], "aws:TagKeys": ["a", "b"] },
  });
  await sqs.call("TagQueue", { QueueUrl: urlOf("q"), Tags: { a: "2" } });
  expect(await sqs.call("ListQueueTags", { QueueUrl: urlOf("q") })).toEqual({ Tags: { a: "2", b: "" } });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, ""]));
  expect(await refusal(sqs.call("TagQueue", { QueueUrl: urlOf("q"), Tags: many }))).toMatch(
    /^InvalidParameterValueException: Too many tags/,
  );
  await sqs.call("UntagQueue", { QueueUrl: urlOf("q"), TagKeys: ["a", "b"] });
  expect(await sqs.call("ListQueueTags", { QueueUrl: urlOf("q") })).toEqual({});
});
