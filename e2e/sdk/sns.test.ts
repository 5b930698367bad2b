import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
  type MessageAttributeValue,
  type PublishBatchRequestEntry,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import { clientsFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { describe, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { queueFunctions } from "./queue-functions.ts";
import { topicSubscribers } from "./topic-subscribers.ts";

const { server, clients: aws } = serveTests();

const arnOf = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;

async function makeTopic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { TopicArn = "" } = await aws.sns.send(new CreateTopicCommand({ Name, Attributes }));
  return TopicArn;
}

test("a topic is made, found, changed, listed and deleted", async () => {
  const { sns } = aws;
  const TopicArn = await makeTopic("orders", { DisplayName: "Orders" });
  expect(TopicArn).toBe(arnOf("orders"));
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "SignatureVersion", AttributeValue: "2" }));
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ TopicArn, Owner: "123456789012", DisplayName: "Orders", SignatureVersion: "2" });
  expect((await sns.send(new ListTopicsCommand({}))).Topics).toContainEqual({ TopicArn });
  expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([]);
  for (const _ of [1, 2]) await sns.send(new DeleteTopicCommand({ TopicArn }));
  await expectError(sns.send(new GetTopicAttributesCommand({ TopicArn })), "NotFoundException", 404, "Topic does not exist");
});

test("each region and each account has topics of its own", async () => {
  const TopicArn = await makeTopic("here");
  const west = clientsFor(server, "us-west-2");
  expect((await west.sns.send(new ListTopicsCommand({}))).Topics).toEqual([]);
  await expectError(
    west.sns.send(new PublishCommand({ TopicArn, Message: "m" })),
    "InvalidParameterException",
    400,
    "Invalid parameter: TopicArn",
  );
  west.destroy();
});

test("a subscription is made, found, changed, listed and ended", async () => {
  const { sns } = aws;
  const TopicArn = await makeTopic("subscribed");
  const Endpoint = "arn:aws:sqs:us-east-1:123456789012:q";
  const Attributes = { FilterPolicy: '{"kind":["order"]}', FilterPolicyScope: "MessageBody" };
  const { SubscriptionArn = "" } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
  const listed = { SubscriptionArn, Owner: "123456789012", Protocol: "sqs", Endpoint, TopicArn };
  expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([listed]);
  expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toContainEqual(listed);
  await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" }));
  expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes).toMatchObject({
    ...Attributes,
    RawMessageDelivery: "true",
    PendingConfirmation: "false",
    SubscriptionPrincipal: "arn:aws:iam::123456789012:root",
  });
  for (const _ of [1, 2]) await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await expectError(
    sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
    "NotFoundException",
    404,
    "Subscription does not exist",
  );
  expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({ SubscriptionsDeleted: "1" });
});

describe("a link in a message needs no signature, and is refused in SNS's words", () => {
  const get = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/?${query}`, { headers });
    return { status: response.status, text: await response.text() };
  };

  test("by a program", async () => {
    const TopicArn = await makeTopic("linked");
    expect(await get(`Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=abc`)).toEqual({
      status: 400,
      text: expect.stringContaining("<Code>InvalidParameter</Code><Message>Invalid parameter: Token</Message>") as unknown,
    });
    expect((await get(`Action=ConfirmSubscription&TopicArn=x&Token=abc`)).text).toContain("Invalid parameter: Topic");
  });

  test("by a person", async () => {
    const link = `Action=Unsubscribe&SubscriptionArn=${arnOf("linked")}:00000000-0000-4000-8000-000000000000`;
    const { status, text } = await get(link, { "sec-fetch-dest": "document" });
    expect([status, text]).toEqual([200, expect.stringMatching(/^<UnsubscribeResponse .*RequestId/)]);
  });

  test("but nothing else is to be had so", async () => {
    const { status, text } = await get(`Action=ListTopics&Version=2010-03-31`);
    expect([status, text]).toEqual([403, expect.stringContaining("MissingAuthenticationToken")]);
    expect(await get(`Action=ListTopics`)).toMatchObject({ status: 403 });
  });
});

test("a token that was never given confirms nothing", async () => {
  const TopicArn = await makeTopic("unconfirmed");
  await expectError(
    aws.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: "0".repeat(224) })),
    "InvalidParameterException",
    400,
    "Invalid token",
  );
});

test("a message is answered with its id, by topic and by target", async () => {
  const TopicArn = await makeTopic("published");
  for (const target of [{ TopicArn }, { TargetArn: TopicArn }]) {
    const { MessageId, SequenceNumber } = await aws.sns.send(new PublishCommand({ ...target, Message: "m", Subject: "A subject" }));
    expect([MessageId, SequenceNumber]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), undefined]);
  }
  const { Successful, Failed } = await aws.sns.send(
    new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [1, 2, 3].map((id) => ({ Id: `${id}`, Message: `${id}` })) }),
  );
  expect([Successful?.map(({ Id }) => Id), Failed]).toEqual([["1", "2", "3"], []]);
});

describe("a message is refused, alone and in a batch", () => {
  const attribute = (DataType: string, value: Partial<MessageAttributeValue> = {}, name = "attr1") => ({
    MessageAttributes: { [name]: { DataType, ...value } },
  });
  const text = { StringValue: "x" };
  const bytes = { BinaryValue: new Uint8Array([1]) };

  test.each([
    ["an empty text", { Message: "" }, "Invalid parameter: Empty message"],
    ["an empty subject", { Subject: "" }, "Invalid parameter: Subject"],
    ["a subject of more than a line", { Subject: "a\nb" }, "Invalid parameter: Subject"],
    ["a subject with a control character", { Subject: "a\u0085b" }, "Invalid parameter: Subject"],
    ["a subject too long", { Subject: "x".repeat(101) }, "Invalid parameter: Subject"],
    ["no JSON", { MessageStructure: "json", Message: "{x" }, "Invalid parameter: Message Structure - JSON message body failed to parse"],
    [
      "no default text",
      { MessageStructure: "json", Message: '{"sqs":"x"}' },
      "Invalid parameter: Message Structure - No default entry in JSON message body",
    ],
    [
      "a default that is no text",
      { MessageStructure: "json", Message: '{"default":{"a":1}}' },
      "Invalid parameter: Message Structure - No default entry in JSON message body",
    ],
    [
      "a deduplication id",
      { MessageDeduplicationId: "d" },
      "Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    ],
  ])("for %s", async (_what, more: Partial<PublishCommandInput>, message) => {
    const TopicArn = await makeTopic("refusing");
    await expectRefused(TopicArn, more, "InvalidParameterException", message);
  });

  const prefixes = "has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.";
  test.each([
    [
      attribute("String"),
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      attribute("String", { StringValue: "" }),
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      attribute("Binary"),
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'Binary'.",
    ],
    [attribute("String", bytes), "The message attribute 'attr1' with type 'String' must use field 'String'."],
    [attribute("Number", bytes), "The message attribute 'attr1' with type 'Number' must use field 'String'."],
    [attribute("Binary", text), "The message attribute 'attr1' with type 'Binary' must use field 'Binary'."],
    [attribute("Number", text), "Could not cast message attribute 'attr1' value to number."],
    [attribute("Float", text), `The message attribute 'attr1' ${prefixes}`],
    [attribute("Stringprefix", text), `The message attribute 'attr1' ${prefixes}`],
    [attribute("String", text, "a".repeat(257)), "Length of message attribute name must be less than 256 bytes."],
    [
      attribute("String", text, "a^b"),
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    [attribute("String", text, ".a"), "Invalid message attribute name starting with character '.' was found."],
    [attribute("String", text, "a."), "Invalid message attribute name ending with character '.' was found."],
    [attribute("String", text, "a..b"), "Message attribute name can not have successive '.' character."],
  ])("for %j", async (more, message) => {
    const TopicArn = await makeTopic("refusing");
    await expectRefused(TopicArn, more, "InvalidParameterValueException", message);
  });

  test("for a type that is missing", async () => {
    const TopicArn = await makeTopic("refusing");
    const MessageAttributes = { attr1: { StringValue: "x" } } as unknown as Record<string, MessageAttributeValue>;
    const missing = (path: string) =>
      `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`;
    await expectError(
      aws.sns.send(new PublishCommand({ TopicArn, Message: "m", MessageAttributes })),
      "ValidationError",
      400,
      missing("messageAttributes.attr1.member.dataType"),
    );
    await expectError(
      aws.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: "1", Message: "m", MessageAttributes }] })),
      "ValidationError",
      400,
      missing("publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType"),
    );
  });

  async function expectRefused(TopicArn: string, more: Partial<PublishCommandInput>, name: string, message: string): Promise<void> {
    await expectError(aws.sns.send(new PublishCommand({ TopicArn, Message: "m", ...more })), name, 400, message);
    const entry = { Id: "1", Message: "m", ...more } as PublishBatchRequestEntry;
    await expectError(aws.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [entry] })), name, 400, message);
  }
});

test("256 KiB fit, with the attributes; a byte more does not", async () => {
  const TopicArn = await makeTopic("long");
  const MessageAttributes = { n: { DataType: "Number", StringValue: "12" } };
  const fitting = "é".repeat((262_144 - 10) / 2);
  const publish = (Message: string) => aws.sns.send(new PublishCommand({ TopicArn, Message: `${Message}x`, MessageAttributes }));
  await publish(fitting);
  await expectError(publish(`${fitting}x`), "InvalidParameterException", 400, "Invalid parameter: Message too long");
  const half = { Message: "x".repeat(131_072) };
  const batch = (more: string) =>
    aws.sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: "1", ...half },
          { Id: "2", Message: half.Message + more },
        ],
      }),
    );
  await batch("");
  await expectError(batch("x"), "BatchRequestTooLongException", 400, "The length of all the messages put together is more than the limit.");
});

test("a batch is refused as a whole", async () => {
  const TopicArn = await makeTopic("batches");
  const batch = (ids: readonly string[]) =>
    aws.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message: "m" })) }));
  await expectError(batch([]), "EmptyBatchRequestException", 400);
  await expectError(
    batch(Array.from({ length: 11 }, (_, index) => `${index}`)),
    "TooManyEntriesInBatchRequestException",
    400,
    "The batch request contains more entries than permissible.",
  );
  await expectError(
    batch(["a", "a"]),
    "BatchEntryIdsNotDistinctException",
    400,
    "Two or more batch entries in the request have the same Id.",
  );
  await expectError(batch(["a b"]), "InvalidBatchEntryIdException", 400);
});

test("what can't be sent is refused in SNS's words", async () => {
  const publish = (input: Partial<PublishCommandInput>) => aws.sns.send(new PublishCommand({ Message: "m", ...input }));
  const expectInvalid = (input: Partial<PublishCommandInput>, message: string) =>
    expectError(publish(input), "InvalidParameterException", 400, message);
  await expectInvalid({ PhoneNumber: "+1a234" }, "Invalid parameter: PhoneNumber Reason: +1a234 is not valid to publish to");
  await expectInvalid({ PhoneNumber: "+15551234567" }, "Invalid parameter: PhoneNumber Reason: +15551234567 is not valid to publish to");
  await expectInvalid(
    { TargetArn: "arn:aws:sns:us-east-1:123456789012:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66" },
    "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified",
  );
  await expectInvalid({}, "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
  await expectError(publish({ TopicArn: arnOf("none") }), "NotFoundException", 404, "Topic does not exist");
});

test("a FIFO topic wants a group and something to tell repetitions by", async () => {
  const TopicArn = await makeTopic("strict.fifo", { FifoTopic: "true" });
  const publish = (input: Partial<PublishCommandInput>) => aws.sns.send(new PublishCommand({ TopicArn, Message: "m", ...input }));
  await expectError(
    publish({}),
    "InvalidParameterException",
    400,
    "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
  );
  await expectError(
    publish({ MessageGroupId: "g" }),
    "InvalidParameterException",
    400,
    "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
  await expectError(
    publish({ MessageGroupId: "g g", MessageDeduplicationId: "d" }),
    "InvalidParameterException",
    400,
    /MessageGroupId Reason/,
  );
});

test("a telephone can be subscribed; what it was to get goes to the dead-letter queue", async () => {
  const $ = { ...queueFunctions(aws), ...topicSubscribers(aws) };
  const topic = await $.createTopic("telephones");
  const dead = await $.createQueue("dead-of-telephones");
  await $.allow(dead, topic);
  await $.subscribe(topic, "sms", "+15551234567", { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) });
  await $.publish(topic, "hello");
  const [message] = await $.take(dead, 1);
  expect(JSON.parse(message?.Body ?? "")).toMatchObject({ Type: "Notification", Message: "hello" });
  expect(message?.MessageAttributes?.["ErrorMessage"]?.StringValue).toBe("No text message leaves this machine");
});
