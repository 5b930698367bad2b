import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSns, type TestSns } from "../testing/test-sns.ts";

let sns: TestSns;
let tests = 0;
let TopicArn: string;
beforeAll(async () => {
  sns = await startTestSns();
});
beforeEach(async () => {
  sns.region = `us-test-${++tests}`;
  TopicArn = (await sns.call("CreateTopic", { Name: "t" })).TopicArn ?? "";
});
afterAll(() => sns.close());

const queueArn = (name = "q"): string => `arn:aws:sqs:${sns.region}:123456789012:${name}`;
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing refused",
    (error: Error & { code?: string }) => `${error.code ?? error.name}: ${error.message}`,
  );
const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
  sns.call("Subscribe", { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
const attributesOf = async (SubscriptionArn: string): Promise<Record<string, string>> =>
  (await sns.call("GetSubscriptionAttributes", { SubscriptionArn })).Attributes ?? {};
const tokenOf = async (subscriptionArn: string): Promise<string> =>
  (await sns.db.models.snsSubscription.findUnique({ where: { subscriptionArn } }))?.token ?? "";
const countsOf = async () => {
  const { Attributes = {} } = await sns.call("GetTopicAttributes", { TopicArn });
  return ["Confirmed", "Pending", "Deleted"].map((state) => Attributes[`Subscriptions${state}`]);
};

describe("a subscription is refused", () => {
  test.each([
    ["test-protocol", "x", "Invalid parameter: Amazon SNS does not support this protocol string: test-protocol"],
    ["constructor", "x", "Invalid parameter: Amazon SNS does not support this protocol string: constructor"],
    [
      "firehose",
      "arn:aws:firehose:us-east-1:123456789012:deliverystream/x",
      "Invalid parameter: Amazon SNS does not support this protocol string: firehose",
    ],
    ["sqs", "http://127.0.0.1/123456789012/q", "Invalid parameter: SQS endpoint ARN"],
    ["sqs", "", "Invalid parameter: Endpoint"],
    [
      "sqs",
      "arn:aws:sqs:us-east-1:123456789012:q.fifo",
      "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    ],
    ["lambda", "f", "Invalid parameter: Lambda endpoint ARN"],
    ["http", "https://example.com", "Invalid parameter: Endpoint must match the specified protocol"],
    ["https", "example.com", "Invalid parameter: Endpoint must match the specified protocol"],
    ["https", "https://", "Invalid parameter: Endpoint"],
    ["email", "nobody", "Invalid parameter: Email address"],
    ["email-json", "a\r\nb@example.com", "Invalid parameter: Email address"],
    ["sms", "NAA+15551234567", "Invalid SMS endpoint: NAA+15551234567"],
    ["application", "x", "Invalid parameter: ApplicationEndpoint endpoint ARN"],
  ])("%s %s", async (protocol, endpoint, message) => {
    expect(await refusal(subscribe(protocol, endpoint))).toBe(`InvalidParameterException: ${message}`);
  });

  test.each([
    [{ RawMessageDelivery: "wrongvalue" }, "RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false."],
    [{ Nonsense: "x" }, "Unknown attribute: Nonsense"],
    [{ RedrivePolicy: '{"deadLetterTargetArn":"x"}' }, "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
    [{ FilterPolicyScope: "x" }, "FilterPolicyScope: Invalid value [x]. Please use either MessageBody or MessageAttributes"],
  ] as [Record<string, string>, string][])("for its attributes %j", async (attributes, message) => {
    expect(await refusal(subscribe("sqs", queueArn(), attributes))).toBe(
      `InvalidParameterException: Invalid parameter: Attributes Reason: ${message}`,
    );
  });

  test("for a FIFO topic if its endpoint is no queue", async () => {
    const { TopicArn: fifo } = await sns.call("CreateTopic", { Name: "t.fifo", Attributes: { FifoTopic: "true" } });
    const to = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
      sns.call("Subscribe", { TopicArn: fifo, Protocol, Endpoint, Attributes });
    expect(await refusal(to("email", "a@example.com"))).toContain("Please use SQS queue");
    await to("sqs", queueArn("standard"));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("standard") });
    expect(await refusal(to("sqs", queueArn("q.fifo"), { RedrivePolicy }))).toBe(
      "InvalidParameterException: Invalid parameter: Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
    );
  });
});

describe("a subscription that needs no confirmation", () => {
  test("has the attributes of recorded answers", async () => {
    const { SubscriptionArn = "" } = await subscribe("sqs", queueArn(), { RawMessageDelivery: "true" });
    expect(await attributesOf(SubscriptionArn)).toEqual({
      ConfirmationWasAuthenticated: "true",
      Endpoint: queueArn(),
      Owner: "123456789012",
      PendingConfirmation: "false",
      Protocol: "sqs",
      RawMessageDelivery: "true",
      SubscriptionArn,
      SubscriptionPrincipal: "arn:aws:iam::123456789012:root",
      TopicArn,
    });
    expect(await countsOf()).toEqual(["1", "0", "0"]);
  });

  test("is the same when asked for again, and refused with other attributes", async () => {
    const { SubscriptionArn } = await subscribe("sqs", queueArn(), { RawMessageDelivery: "true" });
    for (const attributes of [{ RawMessageDelivery: "true" }, { RawMessageDelivery: "TRUE" }, {}] as Record<string, string>[])
      expect((await subscribe("sqs", queueArn(), attributes)).SubscriptionArn).toBe(SubscriptionArn);
    expect(await refusal(subscribe("sqs", queueArn(), { RawMessageDelivery: "false" }))).toBe(
      "InvalidParameterException: Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
    );
    expect(await countsOf()).toEqual(["1", "0", "0"]);
  });

  test("ends, which is no error twice", async () => {
    const { SubscriptionArn = "" } = await subscribe("sqs", queueArn());
    for (const _ of [1, 2]) await sns.call("Unsubscribe", { SubscriptionArn });
    expect(await countsOf()).toEqual(["0", "0", "1"]);
    expect(
      await refusal(
        sns.call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" }),
      ),
    ).toBe("NotFoundException: Subscription does not exist");
  });

  test("is not ended by a link", async () => {
    const { SubscriptionArn = "" } = await subscribe("sqs", queueArn());
    expect(await refusal(sns.call("Unsubscribe", { SubscriptionArn }, { unsigned: true }))).toMatch(/^AccessDenied: .*SNS:Unsubscribe/);
    expect(await countsOf()).toEqual(["1", "0", "0"]);
  });
});

describe("a subscription that needs confirmation", () => {
  test("waits for it, and its ARN is told only if asked for", async () => {
    const input = { TopicArn, Protocol: "email", Endpoint: "a@example.com" };
    expect(await sns.call("Subscribe", input)).toEqual({ SubscriptionArn: "pending confirmation" });
    const { SubscriptionArn = "" } = await sns.call("Subscribe", { ...input, ReturnSubscriptionArn: true });
    expect((await attributesOf(SubscriptionArn))["PendingConfirmation"]).toBe("true");
    expect((await sns.call("ListSubscriptionsByTopic", { TopicArn })).Subscriptions).toEqual([
      { SubscriptionArn: "PendingConfirmation", Owner: "123456789012", Protocol: "email", Endpoint: "a@example.com", TopicArn },
    ]);
    expect(await countsOf()).toEqual(["0", "1", "0"]);
  });

  test("is confirmed by its token, from any region's link, as often as that is followed", async () => {
    const { SubscriptionArn = "" } = await subscribe("http", "http://example.com/");
    const Token = await tokenOf(SubscriptionArn);
    for (const _ of [1, 2])
      expect(await sns.call("ConfirmSubscription", { TopicArn, Token }, { unsigned: true, region: "eu-west-1" })).toEqual({
        SubscriptionArn,
      });
    expect(await attributesOf(SubscriptionArn)).toMatchObject({ PendingConfirmation: "false", ConfirmationWasAuthenticated: "false" });
    expect(await countsOf()).toEqual(["1", "0", "0"]);
  });

  test("is not confirmed by another token, for another topic, or two days later", async () => {
    const { SubscriptionArn = "" } = await subscribe("email", "a@example.com");
    const Token = await tokenOf(SubscriptionArn);
    const confirm = (input: { TopicArn: string; Token: string }) => refusal(sns.call("ConfirmSubscription", input));
    expect(await confirm({ TopicArn, Token: "abc" })).toBe("InvalidParameterException: Invalid parameter: Token");
    expect(await confirm({ TopicArn, Token: "0".repeat(224) })).toBe("InvalidParameterException: Invalid token");
    expect(await confirm({ TopicArn: "x", Token })).toBe("InvalidParameterException: Invalid parameter: Topic");
    expect(await confirm({ TopicArn: TopicArn.replace(sns.region, "eu-west-1"), Token })).toBe(
      "InvalidParameterException: Invalid parameter: Topic",
    );
    const { TopicArn: other = "" } = await sns.call("CreateTopic", { Name: "other" });
    expect(await confirm({ TopicArn: other, Token })).toBe("InvalidParameterException: Invalid token");
    sns.time.nowMs += 172_800_001;
    expect(await confirm({ TopicArn, Token })).toBe("InvalidParameterException: Invalid token");
    await subscribe("email", "a@example.com");
    const fresh = await tokenOf(SubscriptionArn);
    expect(fresh).not.toBe(Token);
    expect(await sns.call("ConfirmSubscription", { TopicArn, Token: fresh })).toEqual({ SubscriptionArn });
  });

  test("is gone two days later, from its topic's counts, too", async () => {
    await subscribe("email", "a@example.com");
    await subscribe("email", "b@example.com");
    sns.time.nowMs += 86_400_000;
    const { SubscriptionArn = "" } = await subscribe("email", "c@example.com");
    await sns.sns.removeStale();
    expect(await countsOf()).toEqual(["0", "3", "0"]);
    sns.time.nowMs += 86_400_001;
    await sns.sns.removeStale();
    expect(await countsOf()).toEqual(["0", "1", "0"]);
    await sns.call("ConfirmSubscription", { TopicArn, Token: await tokenOf(SubscriptionArn) });
    expect(await countsOf()).toEqual(["1", "0", "0"]);
  });

  test("is ended by a link, and had again by the token that its endpoint is sent", async () => {
    const { SubscriptionArn = "" } = await subscribe("https", "https://example.com/");
    await sns.call("ConfirmSubscription", { TopicArn, Token: await tokenOf(SubscriptionArn) });
    await sns.call("Unsubscribe", { SubscriptionArn }, { unsigned: true });
    expect(await countsOf()).toEqual(["0", "0", "1"]);
    expect((await sns.call("ListSubscriptions", {})).Subscriptions).toEqual([]);
    await sns.call("ConfirmSubscription", { TopicArn, Token: await tokenOf(SubscriptionArn) }, { unsigned: true });
    expect((await sns.call("ListSubscriptions", {})).Subscriptions).toMatchObject([{ SubscriptionArn }]);
  });

  test("is not ended by a link if who confirmed it forbade that", async () => {
    const { SubscriptionArn = "" } = await subscribe("https", "https://example.com/");
    const Token = await tokenOf(SubscriptionArn);
    await sns.call("ConfirmSubscription", { TopicArn, Token, AuthenticateOnUnsubscribe: "true" });
    expect(await refusal(sns.call("Unsubscribe", { SubscriptionArn }, { unsigned: true }))).toMatch(/^AccessDenied: /);
    await sns.call("Unsubscribe", { SubscriptionArn });
    expect(await countsOf()).toEqual(["0", "0", "1"]);
  });
});

describe("an attribute is set", () => {
  const set = (SubscriptionArn: string, AttributeName: string, AttributeValue: string) =>
    sns.call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName, AttributeValue });

  test("and taken away", async () => {
    const { SubscriptionArn = "" } = await subscribe("sqs", queueArn());
    await set(SubscriptionArn, "FilterPolicy", '{"a":["b"]}');
    await set(SubscriptionArn, "RedrivePolicy", JSON.stringify({ deadLetterTargetArn: queueArn("dead") }));
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      FilterPolicy: '{"a":["b"]}',
      FilterPolicyScope: "MessageAttributes",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead") }),
    });
    await set(SubscriptionArn, "FilterPolicy", "{}");
    await set(SubscriptionArn, "RedrivePolicy", "");
    const attributes = await attributesOf(SubscriptionArn);
    expect(["FilterPolicy", "FilterPolicyScope", "RedrivePolicy"].filter((name) => name in attributes)).toEqual([]);
  });

  test.each([
    ["Nonsense", "x", "AttributeName"],
    ["RawMessageDelivery", "test-ValUe", "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false."],
    ["RawMessageDelivery", "", "RawMessageDelivery: Invalid value []. Must be true or false."],
    ["RedrivePolicy", '{"deadLetterTargetArn":"fake-arn"}', "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
    [
      "RedrivePolicy",
      "{invalidjson}",
      "RedrivePolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
    ],
  ])("%s is not, to %s", async (name, value, message) => {
    const { SubscriptionArn = "" } = await subscribe("sqs", queueArn());
    expect(await refusal(set(SubscriptionArn, name, value))).toBe(`InvalidParameterException: Invalid parameter: ${message}`);
  });

  test("DeliveryPolicy holds over the topic's, unless that forbids it", async () => {
    const { SubscriptionArn = "" } = await subscribe("http", "http://example.com/");
    const effective = async () => JSON.parse((await attributesOf(SubscriptionArn))["EffectiveDeliveryPolicy"] ?? "") as unknown;
    await set(SubscriptionArn, "DeliveryPolicy", JSON.stringify({ requestPolicy: { headerContentType: "text/csv" } }));
    expect(JSON.parse((await attributesOf(SubscriptionArn))["DeliveryPolicy"] ?? "")).toEqual({
      healthyRetryPolicy: null,
      sicklyRetryPolicy: null,
      throttlePolicy: null,
      requestPolicy: { headerContentType: "text/csv" },
      guaranteed: false,
    });
    expect(await effective()).toMatchObject({ healthyRetryPolicy: { numRetries: 3 }, requestPolicy: { headerContentType: "text/csv" } });
    const AttributeValue = JSON.stringify({
      http: { disableSubscriptionOverrides: true, defaultRequestPolicy: { headerContentType: "application/json" } },
    });
    await sns.call("SetTopicAttributes", { TopicArn, AttributeName: "DeliveryPolicy", AttributeValue });
    expect(await effective()).toMatchObject({ requestPolicy: { headerContentType: "application/json" } });
  });
});

describe("another account's subscription", () => {
  test("is in its own list, and the topic's owner's to end", async () => {
    const other = { accountId: "111122223333" };
    const { SubscriptionArn = "" } = await sns.call("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queueArn() }, other);
    expect((await sns.call("ListSubscriptions", {}, other)).Subscriptions).toMatchObject([{ SubscriptionArn, Owner: "111122223333" }]);
    expect((await sns.call("ListSubscriptions", {})).Subscriptions).toEqual([]);
    expect((await sns.call("ListSubscriptionsByTopic", { TopicArn })).Subscriptions).toHaveLength(1);
    const third = { accountId: "444455556666" };
    expect(await refusal(sns.call("GetSubscriptionAttributes", { SubscriptionArn }, third))).toMatch(/^AccessDenied: /);
    expect(await refusal(sns.call("Unsubscribe", { SubscriptionArn }, third))).toMatch(/^AccessDenied: /);
    await sns.call("Unsubscribe", { SubscriptionArn });
    expect((await sns.call("ListSubscriptions", {}, other)).Subscriptions).toEqual([]);
  });
});

test.each([
  ["wrong", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
  ["arn:aws:sns:us-east-1:123456789012", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 5"],
  ["arn:aws:sns:us-east-1:123456789012:topic:wrong", "SubscriptionId"],
  ["", "SubscriptionArn Reason: no value for required parameter"],
])("the subscription's ARN %j is refused", async (SubscriptionArn, message) => {
  expect(await refusal(sns.call("Unsubscribe", { SubscriptionArn }, { region: "us-east-1" }))).toBe(
    `InvalidParameterException: Invalid parameter: ${message}`,
  );
});

test("who asks IAM tells the protocol and the endpoint", async () => {
  sns.asked.length = 0;
  await subscribe("sqs", queueArn());
  expect(sns.asked).toMatchObject([
    { action: "SNS:Subscribe", resource: TopicArn, conditionKeys: { "sns:Protocol": ["sqs"], "sns:Endpoint": [queueArn()] } },
  ]);
});
