import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSns, type TestSns } from "../testing/test-sns.ts";

let sns: TestSns;
let tests = 0;
beforeAll(async () => {
  sns = await startTestSns();
});
beforeEach(() => {
  sns.region = `us-test-${++tests}`;
});
afterAll(() => sns.close());

const arnOf = (name: string): string => `arn:aws:sns:${sns.region}:123456789012:${name}`;
const make = (Name: string, Attributes: Record<string, string> = {}) => sns.call("CreateTopic", { Name, Attributes });
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing refused",
    (error: Error & { code: string }) => `${error.code}: ${error.message}`,
  );
const attributesOf = async (name: string): Promise<Record<string, string>> =>
  (await sns.call("GetTopicAttributes", { TopicArn: arnOf(name) })).Attributes ?? {};
const set = (name: string, AttributeName: string, AttributeValue: string) =>
  sns.call("SetTopicAttributes", { TopicArn: arnOf(name), AttributeName, AttributeValue });

describe("a topic's name", () => {
  test.each(["", "a".repeat(257), "a:b", "a;b", "a!b", "a@b", "a|b", "a^b", "a%b", "a b", "a.fifo", "a.b"])(
    "is refused: %s",
    async (name) => {
      expect(await refusal(make(name))).toBe("InvalidParameterException: Invalid parameter: Topic Name");
    },
  );

  test.each(["a", "a.fif", ".fifo", `${"a".repeat(252)}.fifo`])("of a FIFO topic is refused: %s", async (name) => {
    expect(await refusal(make(name, { FifoTopic: "true" }))).toContain("Fifo Topic names must end with .fifo and must be made up of");
  });

  test("has 256 characters at most", async () => {
    expect((await make("a".repeat(256))).TopicArn).toBe(arnOf("a".repeat(256)));
    expect((await make(`${"a".repeat(251)}.fifo`, { FifoTopic: "true" })).TopicArn).toBe(arnOf(`${"a".repeat(251)}.fifo`));
  });
});

describe("an attribute", () => {
  test.each([
    ["SignatureVersion", "3", "Invalid parameter: SignatureVersion Reason: Invalid value [3]. Must be 1 or 2."],
    ["TracingConfig", "x", "Invalid parameter: TracingConfig Reason: Invalid value [x]. Must be PassThrough or Active."],
    ["DisplayName", "x".repeat(101), "Invalid parameter: DisplayName Reason: must be at most 100 characters"],
    ["ContentBasedDeduplication", "true", "Invalid parameter: AttributeName"],
    ["FifoThroughputScope", "Topic", "Invalid parameter: AttributeName"],
    ["FifoTopic", "false", "Invalid parameter: AttributeName"],
    ["TopicArn", "x", "Invalid parameter: AttributeName"],
    ["__proto__", "x", "Invalid parameter: AttributeName"],
    ["DeliveryPolicy", "x", "Invalid parameter: DeliveryPolicy: failed to parse JSON."],
    [
      "DeliveryPolicy",
      '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}',
      "Invalid parameter: DeliveryPolicy: http.defaultHealthyRetryPolicy.numRetries must be between 0 and 100",
    ],
    [
      "DeliveryPolicy",
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":30,"maxDelayTarget":20}}}',
      "Invalid parameter: DeliveryPolicy: http.defaultHealthyRetryPolicy.maxDelayTarget must be at least minDelayTarget",
    ],
    ["LambdaSuccessFeedbackSampleRate", "101", "Invalid parameter: LambdaSuccessFeedbackSampleRate must be an integer from 0 to 100"],
    [
      "Policy",
      '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"}]}',
      "Invalid parameter: Policy statement action out of service scope!",
    ],
  ])("%s is refused: %s", async (name, value, message) => {
    await make("t");
    expect(await refusal(set("t", name, value))).toBe(`InvalidParameterException: ${message}`);
    const Attributes = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as Record<string, string>;
    if (name !== "FifoTopic")
      expect(await refusal(make("other", Attributes))).toMatch(/^InvalidParameterException: Invalid parameter: Attributes Reason: /);
  });

  test("of a new topic is what recorded answers have", async () => {
    await make("t");
    const { Policy, EffectiveDeliveryPolicy, ...others } = await attributesOf("t");
    expect(others).toEqual({
      TopicArn: arnOf("t"),
      Owner: "123456789012",
      DisplayName: "",
      SubscriptionsConfirmed: "0",
      SubscriptionsPending: "0",
      SubscriptionsDeleted: "0",
    });
    expect(JSON.parse(EffectiveDeliveryPolicy ?? "")).toEqual({
      http: {
        defaultHealthyRetryPolicy: {
          minDelayTarget: 20,
          maxDelayTarget: 20,
          numRetries: 3,
          numMaxDelayRetries: 0,
          numNoDelayRetries: 0,
          numMinDelayRetries: 0,
          backoffFunction: "linear",
        },
        disableSubscriptionOverrides: false,
        defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
      },
    });
    expect(JSON.parse(Policy ?? "")).toMatchObject({
      Id: "__default_policy_ID",
      Statement: [{ Resource: arnOf("t"), Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } } }],
    });
  });

  test("DeliveryPolicy is kept as far as it is known, and taken away by an empty value", async () => {
    await make("t.fifo", { FifoTopic: "true" });
    const policy = { http: { defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 } } };
    await set("t.fifo", "DeliveryPolicy", JSON.stringify(policy));
    const attributes = await attributesOf("t.fifo");
    expect(JSON.parse(attributes["DeliveryPolicy"] ?? "")).toEqual({ http: { ...policy.http, disableSubscriptionOverrides: false } });
    expect(JSON.parse(attributes["EffectiveDeliveryPolicy"] ?? "")).toMatchObject({
      http: { defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1, backoffFunction: "linear" } },
    });
    await set("t.fifo", "DeliveryPolicy", JSON.stringify({ http: { defaultHealthyRetryPolicy: null } }));
    expect((await attributesOf("t.fifo"))["DeliveryPolicy"]).toBe('{"http":{"disableSubscriptionOverrides":false}}');
    await set("t.fifo", "DeliveryPolicy", "");
    const { DeliveryPolicy, FifoTopic, ContentBasedDeduplication } = await attributesOf("t.fifo");
    expect([DeliveryPolicy, FifoTopic, ContentBasedDeduplication]).toEqual([undefined, "true", "false"]);
  });
});

describe("a topic that is there", () => {
  test("is answered for what it has, and refused for what it has not", async () => {
    const Tags = [{ Key: "k", Value: "v" }];
    await sns.call("CreateTopic", { Name: "t", Attributes: { DisplayName: "d" }, Tags });
    for (const input of [{}, { Attributes: { DisplayName: "d" } }, { Tags }]) {
      expect((await sns.call("CreateTopic", { Name: "t", ...input })).TopicArn).toBe(arnOf("t"));
    }
    expect(await refusal(make("t", { DisplayName: "e" }))).toBe(
      "InvalidParameterException: Invalid parameter: Attributes Reason: Topic already exists with different attributes",
    );
    expect(await refusal(sns.call("CreateTopic", { Name: "t", Tags: [...Tags, { Key: "k2", Value: "v" }] }))).toBe(
      "InvalidParameterException: Invalid parameter: Tags Reason: Topic already exists with different tags",
    );
  });

  test("is gone when deleted, with its subscriptions; deleting it again is no error", async () => {
    await make("t");
    const { SubscriptionArn = "" } = await sns.call("Subscribe", {
      TopicArn: arnOf("t"),
      Protocol: "sqs",
      Endpoint: `arn:aws:sqs:${sns.region}:123456789012:q`,
    });
    for (const _ of [1, 2]) await sns.call("DeleteTopic", { TopicArn: arnOf("t") });
    expect(await refusal(attributesOf("t"))).toBe("NotFoundException: Topic does not exist");
    expect(await refusal(sns.call("GetSubscriptionAttributes", { SubscriptionArn }))).toBe(
      "NotFoundException: Subscription does not exist",
    );
    await make("t", { DisplayName: "another" });
    expect((await attributesOf("t"))["SubscriptionsConfirmed"]).toBe("0");
    expect((await sns.call("ListSubscriptions", {})).Subscriptions).toEqual([]);
  });
});

test.each([
  ["x", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1"],
  ["", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1"],
  ["arn:aws:sns:us-east-1:1", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 5"],
  ["arn:aws:sns:eu-west-1:123456789012:t", "Invalid parameter: TopicArn"],
  ["arn:aws:sqs:us-east-1:123456789012:t", "Invalid parameter: TopicArn"],
])("the ARN %s is refused", async (TopicArn, message) => {
  const region = "us-east-1";
  for (const call of [
    sns.call("GetTopicAttributes", { TopicArn }, { region }),
    sns.call("DeleteTopic", { TopicArn }, { region }),
    sns.call("Publish", { TopicArn, Message: "m" }, { region }),
    sns.call("Subscribe", { TopicArn, Protocol: "sms", Endpoint: "+15551234567" }, { region }),
    sns.call("ListSubscriptionsByTopic", { TopicArn }, { region }),
  ])
    expect(await refusal(call)).toBe(`InvalidParameterException: ${message}`);
});

test("lists have pages of a hundred, and refuse a token of another list", async () => {
  const names = Array.from({ length: 103 }, (_, index) => `t${String(index).padStart(3, "0")}`);
  for (const name of names) await make(name);
  const first = await sns.call("ListTopics", {});
  const { NextToken = "" } = first;
  const second = await sns.call("ListTopics", { NextToken });
  expect([...(first.Topics ?? []), ...(second.Topics ?? [])].map(({ TopicArn }) => TopicArn)).toEqual(names.map(arnOf));
  expect([first.Topics?.length, second.NextToken]).toEqual([100, undefined]);
  expect(await refusal(sns.call("ListSubscriptions", { NextToken }))).toBe("InvalidParameterException: Invalid parameter: NextToken");
});

test("tags are added, replaced and removed", async () => {
  await make("t");
  const ResourceArn = arnOf("t");
  await sns.call("TagResource", {
    ResourceArn,
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await sns.call("TagResource", { ResourceArn, Tags: [{ Key: "b", Value: "3" }] });
  await sns.call("UntagResource", { ResourceArn, TagKeys: ["a"] });
  expect((await sns.call("ListTagsForResource", { ResourceArn })).Tags).toEqual([{ Key: "b", Value: "3" }]);
  const twice = [
    { Key: "c", Value: "1" },
    { Key: "c", Value: "2" },
  ];
  expect(await refusal(sns.call("TagResource", { ResourceArn, Tags: twice }))).toBe(
    "InvalidParameterException: Invalid parameter: Duplicated keys are not allowed.",
  );
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
  expect(await refusal(sns.call("TagResource", { ResourceArn, Tags: many }))).toMatch(/^TagLimitExceededException: /);
  expect(await refusal(sns.call("ListTagsForResource", { ResourceArn: arnOf("none") }))).toBe(
    "ResourceNotFoundException: Resource does not exist",
  );
});

test("permissions are statements of the policy", async () => {
  await make("t");
  const TopicArn = arnOf("t");
  const add = (Label: string, ActionName: string[]) =>
    sns.call("AddPermission", { TopicArn, Label, AWSAccountId: ["111122223333"], ActionName });
  await add("share", ["Publish"]);
  const statements = async () => (JSON.parse((await attributesOf("t"))["Policy"] ?? "") as { Statement: { Sid: string }[] }).Statement;
  expect(await statements()).toMatchObject([
    { Sid: "__default_statement_ID" },
    { Sid: "share", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "SNS:Publish", Resource: TopicArn },
  ]);
  expect(await refusal(add("share", ["Publish"]))).toBe("InvalidParameterException: Invalid parameter: Statement already exists");
  expect(await refusal(add("other", ["CreateTopic"]))).toBe(
    "InvalidParameterException: Invalid parameter: Policy statement action out of service scope!",
  );
  await sns.call("RemovePermission", { TopicArn, Label: "share" });
  expect((await statements()).map(({ Sid }) => Sid)).toEqual(["__default_statement_ID"]);
});

test("a policy may be about a topic's actions only, without wildcards", async () => {
  await make("t");
  const policyOf = (Action: string | string[]) =>
    JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action, Resource: arnOf("t") } });
  await set("t", "Policy", policyOf(["SNS:Publish", "sns:subscribe", "SNS:Receive"]));
  for (const action of ["sns:*", "*", "sns:Pub*", "sns:CreateTopic"])
    expect(await refusal(set("t", "Policy", policyOf(action)))).toBe(
      "InvalidParameterException: Invalid parameter: Policy statement action out of service scope!",
    );
});

test("a data protection policy is kept", async () => {
  await make("t");
  const ResourceArn = arnOf("t");
  const DataProtectionPolicy = '{"Name":"p","Version":"2021-06-01","Statement":[]}';
  await sns.call("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy });
  expect(await sns.call("GetDataProtectionPolicy", { ResourceArn })).toEqual({ DataProtectionPolicy });
  expect(await refusal(sns.call("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy: "x" }))).toMatch(/^InvalidParameter/);
});
