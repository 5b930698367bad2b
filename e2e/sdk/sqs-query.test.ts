import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let server: ServerProcess;
let aws: Clients;

beforeAll(async () => {
  server = await startServerProcess({ arguments: ["--auth", "open"] });
  aws = clientsFor({ url: server.url, credentials: { accessKeyId: "123456789012", secretAccessKey: "x" } });
});
afterAll(async () => {
  aws.destroy();
  await server.dispose();
});

/** A request as SQS's clients of before 2023 send it. */
async function query(parameters: Record<string, string>, path = "/"): Promise<{ status: number; xml: string }> {
  const body = new URLSearchParams({ Version: "2012-11-05", ...parameters });
  const Authorization = "AWS4-HMAC-SHA256 Credential=123456789012/20261127/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=x";
  const response = await fetch(`${server.url}${path}`, { method: "POST", body, headers: { Authorization } });
  return { status: response.status, xml: await response.text() };
}

const tag = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

test("a client of the Query protocol makes a queue, and sends, receives and deletes", async () => {
  const made = await query({ Action: "CreateQueue", QueueName: "old", "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "40" });
  expect(made.xml).toMatch(/^<CreateQueueResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><CreateQueueResult>/);
  const QueueUrl = tag(made.xml, "QueueUrl") ?? "";
  expect(QueueUrl).toBe(`${server.url}/123456789012/old`);
  const sent = await query({
    Action: "SendMessage",
    QueueUrl,
    MessageBody: "a <b> & c",
    "MessageAttribute.1.Name": "Kind",
    "MessageAttribute.1.Value.DataType": "String",
    "MessageAttribute.1.Value.StringValue": "order",
  });
  expect(tag(sent.xml, "MD5OfMessageBody")).toMatch(/^[0-9a-f]{32}$/);
  const { Messages } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"], VisibilityTimeout: 0 }));
  expect(Messages).toMatchObject([{ Body: "a <b> & c", MessageAttributes: { Kind: { StringValue: "order" } } }]);
  const received = await query({
    Action: "ReceiveMessage",
    QueueUrl,
    "AttributeName.1": "ApproximateReceiveCount",
    "MessageAttributeName.1": "Kind",
  });
  expect(received.xml).toContain("<Message><MessageId>");
  expect(received.xml).toContain(
    "<Body>a &lt;b&gt; &amp; c</Body><Attribute><Name>ApproximateReceiveCount</Name><Value>2</Value></Attribute>",
  );
  expect(received.xml).toContain(
    "<MessageAttribute><Name>Kind</Name><Value><StringValue>order</StringValue><DataType>String</DataType></Value></MessageAttribute>",
  );
  const ReceiptHandle = tag(received.xml, "ReceiptHandle") ?? "";
  const batch = await query({
    Action: "DeleteMessageBatch",
    QueueUrl,
    "DeleteMessageBatchRequestEntry.1.Id": "good",
    "DeleteMessageBatchRequestEntry.1.ReceiptHandle": ReceiptHandle,
    "DeleteMessageBatchRequestEntry.2.Id": "bad",
    "DeleteMessageBatchRequestEntry.2.ReceiptHandle": "junk",
  });
  expect(batch.xml).toContain("<DeleteMessageBatchResultEntry><Id>good</Id></DeleteMessageBatchResultEntry>");
  expect(batch.xml).toContain(
    "<BatchResultErrorEntry><Id>bad</Id><SenderFault>true</SenderFault><Code>ReceiptHandleIsInvalid</Code><Message>The input receipt handle &quot;junk&quot; is not a valid receipt handle.</Message></BatchResultErrorEntry>",
  );
  const attributes = await query({ Action: "GetQueueAttributes", QueueUrl, "AttributeName.1": "VisibilityTimeout" });
  expect(attributes.xml).toContain("<Attribute><Name>VisibilityTimeout</Name><Value>40</Value></Attribute>");
});

test("a message of 1 MiB fits, also where each of its characters is written as three", async () => {
  await query({ Action: "CreateQueue", QueueName: "long" });
  const send = (MessageBody: string) => query({ Action: "SendMessage", MessageBody }, "/123456789012/long");
  expect((await send('"'.repeat(1_048_576))).status).toBe(200);
  const refused = await send('"'.repeat(1_048_577));
  expect(refused.status).toBe(400);
  expect(tag(refused.xml, "Message")).toBe("One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
});

test("the queue may be said by the request's path, and by GET", async () => {
  await query({ Action: "CreateQueue", QueueName: "by-path" });
  expect((await query({ Action: "SendMessage", MessageBody: "x" }, "/123456789012/by-path")).status).toBe(200);
  const response = await fetch(`${server.url}/123456789012/by-path?Action=ReceiveMessage&Version=2012-11-05`);
  expect(tag(await response.text(), "Body")).toBe("x");
});

test("errors have the codes, texts and statuses that Query clients know", async () => {
  const missing = await query({ Action: "GetQueueUrl", QueueName: "nowhere" });
  expect(missing.status).toBe(400);
  expect(missing.xml).toContain(
    "<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message></Error>",
  );
  const QueueUrl = tag((await query({ Action: "CreateQueue", QueueName: "purged" })).xml, "QueueUrl") ?? "";
  await query({ Action: "PurgeQueue", QueueUrl });
  const purged = await query({ Action: "PurgeQueue", QueueUrl });
  expect([purged.status, tag(purged.xml, "Code")]).toEqual([403, "AWS.SimpleQueueService.PurgeQueueInProgress"]);
  const none = await query({ Action: "SendMessage", QueueUrl });
  expect([none.status, tag(none.xml, "Code"), tag(none.xml, "Message")]).toEqual([
    400,
    "MissingParameter",
    "The request must contain the parameter MessageBody.",
  ]);
});

describe("a queue is found by", () => {
  const forms = [
    ["its URL here", () => `${server.url}/123456789012/named`],
    ["a virtual host's", () => `http://sqs.us-east-1.localhost:4566/123456789012/named`],
    ["the older one", () => `http://queue.localhost:4566/123456789012/named`],
    ["AWS's own", () => "https://sqs.us-east-1.amazonaws.com/123456789012/named"],
    ["its name", () => "named"],
  ] as const;
  test.each(forms)("%s", async (_name, url) => {
    await query({ Action: "CreateQueue", QueueName: "named" });
    const { xml } = await query({ Action: "GetQueueAttributes", QueueUrl: url(), "AttributeName.1": "QueueArn" });
    expect(xml).toContain("<Value>arn:aws:sqs:us-east-1:123456789012:named</Value>");
  });

  test("nothing else", async () => {
    const { status, xml } = await query({ Action: "GetQueueAttributes", QueueUrl: "ftp://x/y", "AttributeName.1": "QueueArn" });
    expect([status, tag(xml, "Code")]).toEqual([404, "InvalidAddress"]);
  });
});
