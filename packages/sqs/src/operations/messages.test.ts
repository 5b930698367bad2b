import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSqs, type TestSqs } from "../testing/test-sqs.ts";

let sqs: TestSqs;
const QueueUrl = "http://127.0.0.1:4566/123456789012/q";
let tests = 0;
beforeAll(async () => {
  sqs = await startTestSqs();
});
beforeEach(async () => {
  sqs.region = `us-test-${++tests}`;
  await sqs.call("CreateQueue", { QueueName: "q" });
});
afterAll(() => sqs.close());

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing refused",
    (error: Error & { code: string }) => `${error.code}: ${error.message}`,
  );
const send = (MessageBody: string, more: object = {}) => sqs.call("SendMessage", { QueueUrl, MessageBody, ...more });
const receive = async (more: object = {}) =>
  (await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"], ...more })).Messages ?? [];
const set = (Attributes: Record<string, string>) => sqs.call("SetQueueAttributes", { QueueUrl, Attributes });
const counts = async (): Promise<string> => {
  const { Attributes } = await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
  const suffixes = ["", "NotVisible", "Delayed"] as const;
  return suffixes.map((suffix) => Attributes?.[`ApproximateNumberOfMessages${suffix}`]).join(" ");
};

describe("a message is refused", () => {
  const attribute = (DataType: string, StringValue?: string, name = "A") => ({ MessageAttributes: { [name]: { DataType, StringValue } } });
  test.each([
    ["", {}, "MissingRequiredParameterException: The request must contain the parameter MessageBody."],
    ["\u0000", {}, /^InvalidMessageContents: Invalid characters found\. Valid unicode characters are #x9/],
    ["\ud800", {}, /^InvalidMessageContents/],
    [
      "x",
      { DelaySeconds: 901 },
      "InvalidParameterValueException: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    ],
    ["x", { MessageDeduplicationId: "d" }, /^InvalidParameterValueException: Value d for parameter MessageDeduplicationId is invalid/],
    [
      "x",
      attribute("String", ""),
      "InvalidParameterValueException: Message (user) attribute 'A' must contain a non-empty value of type 'String'.",
    ],
    ["x", attribute("Text", "x"), /invalid message attribute type, the set of supported type prefixes is Binary, Number, and String\.$/],
    ["x", attribute("Number", "ten"), "InvalidParameterValueException: Can't cast the value of message (user) attribute 'A' to a number."],
    ["x", attribute("String", "x", "AWS.A"), /reserved for internal use/],
    ["x", attribute("String", "x", "A..B"), /consecutive periods/],
    [
      "x",
      { MessageSystemAttributes: { Other: { DataType: "String", StringValue: "x" } } },
      /Message system attribute name 'Other' is invalid/,
    ],
  ])("%j %j", async (body, more, expected) => {
    expect(await refusal(send(body, more))).toMatch(expected);
    expect(await counts()).toBe("0 0 0");
  });

  test("above the queue's size, to the byte", async () => {
    await send("é".repeat(524_288));
    expect(await refusal(send("é".repeat(524_288) + "x"))).toBe(
      "InvalidParameterValueException: One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
    );
    await set({ MaximumMessageSize: "1024" });
    expect(await refusal(send("x".repeat(1020), { MessageAttributes: { A: { DataType: "String", StringValue: "b" } } }))).toMatch(
      /shorter than 1024 bytes/,
    );
  });
});

test("of a batch those that are wrong fail alone; too much together is refused", async () => {
  const result = await sqs.call("SendMessageBatch", {
    QueueUrl,
    Entries: [
      { Id: "good", MessageBody: "x" },
      { Id: "bad", MessageBody: "\u0001" },
      { Id: "empty", MessageBody: "" },
    ],
  });
  expect(result.Successful).toMatchObject([{ Id: "good", MD5OfMessageBody: "9dd4e461268c8034f5c8564e155c67a6" }]);
  expect(result.Failed).toMatchObject([
    { Id: "bad", SenderFault: true, Code: "InvalidMessageContents" },
    { Id: "empty", SenderFault: true, Code: "MissingParameter" },
  ]);
  const half = "x".repeat(524_288);
  expect(
    await refusal(
      sqs.call("SendMessageBatch", {
        QueueUrl,
        Entries: [
          { Id: "1", MessageBody: half },
          { Id: "2", MessageBody: half + "x" },
        ],
      }),
    ),
  ).toBe("BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
  const entries = (...ids: string[]) =>
    refusal(sqs.call("SendMessageBatch", { QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: "x" })) }));
  expect(await entries()).toBe("EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.");
  expect(await entries("a", "a")).toBe("BatchEntryIdsNotDistinct: Id a repeated.");
  expect(await entries("a:b")).toMatch(/^InvalidBatchEntryId: A batch entry id can only contain/);
});

test("what a consumer asks for is held to its bounds", async () => {
  const ask = (more: object) => refusal(sqs.call("ReceiveMessage", { QueueUrl, ...more }));
  expect(await ask({ MaxNumberOfMessages: 0 })).toMatch(/Value 0 for parameter MaxNumberOfMessages is invalid/);
  expect(await ask({ WaitTimeSeconds: 21 })).toMatch(/Value 21 for parameter WaitTimeSeconds is invalid\. Reason: Must be >= 0 and <= 20/);
  expect(await ask({ VisibilityTimeout: 43_201 })).toMatch(/VisibilityTimeout/);
  expect(await ask({ AttributeNames: ["Nonsense"] })).toBe("InvalidAttributeName: Unknown Attribute Nonsense.");
});

test("user attributes come by name, by prefix, or all", async () => {
  const String = (StringValue: string) => ({ DataType: "String", StringValue });
  await send("msg", { MessageAttributes: { Hello: String("There"), General: String("Kenobi"), "Help.Me": String("Me") } });
  const names = async (...MessageAttributeNames: string[]) => {
    const [message] = await receive({ MessageAttributeNames, VisibilityTimeout: 0 });
    return [
      message?.MD5OfMessageAttributes,
      Object.keys(message?.MessageAttributes ?? {})
        .sort()
        .join(),
    ];
  };
  // Checksums as AWS answered them.
  expect(await names("All")).toEqual(["4c360f3fdafd970e05fae2f149d997f5", "General,Hello,Help.Me"]);
  expect(await names(".*")).toEqual(["4c360f3fdafd970e05fae2f149d997f5", "General,Hello,Help.Me"]);
  expect(await names("Hello", "General")).toEqual(["fca026605781cb4126a1e9044df24232", "General,Hello"]);
  expect(await names("Hello", "None")).toEqual(["a311262e065454b75da111d535b8dacd", "Hello"]);
  expect(await names("Hel.*")).toEqual(["83fee93c1bcd8b9a5a923ffacdc636c7", "Hello,Help.Me"]);
  expect(await names("None")).toEqual([undefined, ""]);
});

test("messages that are too old are gone, however they wait", async () => {
  await set({ MessageRetentionPeriod: "60" });
  await send("never received");
  await send("received once");
  await send("delayed", { DelaySeconds: 900 });
  await receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 30 });
  expect(await counts()).toBe("1 1 1");
  sqs.time.nowMs += 60_000;
  expect(await receive()).toEqual([]);
  expect(await counts()).toBe("0 0 0");
});

test("no message is hidden for longer than twelve hours in all", async () => {
  await send("x");
  const [message] = await receive({ VisibilityTimeout: 43_200 });
  const change = (VisibilityTimeout: number) =>
    refusal(sqs.call("ChangeMessageVisibility", { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }));
  sqs.time.nowMs += 3_600_000;
  expect(await change(43_200)).toBe(
    "InvalidParameterValueException: Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
  );
  expect(await change(39_600)).toBe("nothing refused");
});

test("a handle is good for its own queue and message alone", async () => {
  await sqs.call("CreateQueue", { QueueName: "other" });
  await send("x");
  const [message] = await receive();
  const ReceiptHandle = message?.ReceiptHandle ?? "";
  const other = QueueUrl.replace(/q$/, "other");
  const invalid = `ReceiptHandleIsInvalid: The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`;
  expect(await refusal(sqs.call("DeleteMessage", { QueueUrl: other, ReceiptHandle }))).toBe(invalid);
  for (const junk of ["", "junk", "AQEB", `${ReceiptHandle}A`]) {
    expect(await refusal(sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle: junk }))).toMatch(/^ReceiptHandleIsInvalid/);
  }
  await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle });
  await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle });
  expect(await refusal(sqs.call("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }))).toMatch(
    /Message does not exist or is not available for visibility timeout change\.$/,
  );
});

test("a deduplication id is forgotten after five minutes", async () => {
  const url = QueueUrl.replace(/q$/, "q.fifo");
  await sqs.call("CreateQueue", { QueueName: "q.fifo", Attributes: { FifoQueue: "true" } });
  const once = () => sqs.call("SendMessage", { QueueUrl: url, MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "d" });
  const first = await once();
  sqs.time.nowMs += 299_000;
  expect((await once()).MessageId).toBe(first.MessageId);
  sqs.time.nowMs += 1_000;
  expect((await once()).MessageId).not.toBe(first.MessageId);
  const { Messages } = await sqs.call("ReceiveMessage", { QueueUrl: url, MaxNumberOfMessages: 10 });
  expect(Messages).toHaveLength(2);
});

describe("who waits for messages is let go", () => {
  test("when the caller goes away: the next one gets what is sent", async () => {
    let leave = (): void => {};
    const gone = sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 }, { whenGone: (listener) => ((leave = listener), () => {}) });
    const staying = sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
    await expect.poll(() => leave.length).toBe(0);
    leave();
    await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    leave();
    expect(await gone).toEqual({});
    await send("x");
    expect((await staying).Messages).toMatchObject([{ Body: "x" }]);
  });

  test("when the queue is deleted, by its error", async () => {
    const waiting = refusal(sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    await sqs.call("DeleteQueue", { QueueUrl });
    expect(await waiting).toBe("QueueDoesNotExist: The specified queue does not exist.");
  });

  test("when SQS closes", async () => {
    // The last test: nobody waits after it any more.
    const waiting = Array.from({ length: 3 }, () => sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    await sqs.sqs.close();
    expect(await Promise.all(waiting)).toEqual([{}, {}, {}]);
    expect(await sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 })).toEqual({});
  });
});
