import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { clientsFor, type Clients } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

const { server, clients: aws } = serveTests();

test("a queue is made, found, changed, listed and deleted", async () => {
  const { sqs } = aws;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes: { DelaySeconds: "5" } }));
  expect(QueueUrl).toBe(`${server.url}/123456789012/orders`);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "orders" }))).QueueUrl).toBe(QueueUrl);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "7" } }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes).toMatchObject({
    QueueArn: "arn:aws:sqs:us-east-1:123456789012:orders",
    DelaySeconds: "5",
    VisibilityTimeout: "7",
    MaximumMessageSize: "1048576",
    SqsManagedSseEnabled: "true",
  });
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "ord" }))).QueueUrls).toEqual([QueueUrl]);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await expectError(
    sqs.send(new GetQueueUrlCommand({ QueueName: "orders" })),
    "QueueDoesNotExist",
    400,
    "The specified queue does not exist.",
  );
});

test("messages are sent, received and deleted, with their attributes and checksums", async () => {
  const { sqs } = aws;
  const QueueUrl = await makeQueue("plain");
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: "hello é",
      MessageAttributes: {
        Kind: { DataType: "String", StringValue: "order" },
        Count: { DataType: "Number", StringValue: "3" },
        Raw: { DataType: "Binary.png", BinaryValue: new Uint8Array([0, 255, 1]) },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793" } },
    }),
  );
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] }),
  );
  expect(Messages).toEqual([
    {
      MessageId: sent.MessageId,
      ReceiptHandle: expect.stringMatching(/^AQEB/),
      MD5OfBody: sent.MD5OfMessageBody,
      Body: "hello é",
      Attributes: {
        SenderId: "123456789012",
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateReceiveCount: "1",
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
      },
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: {
        Kind: { DataType: "String", StringValue: "order" },
        Count: { DataType: "Number", StringValue: "3" },
        Raw: { DataType: "Binary.png", BinaryValue: new Uint8Array([0, 255, 1]) },
      },
    },
  ]);
  expect(await countsOf(QueueUrl)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
  expect(await countsOf(QueueUrl)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test("a long poll gets what is sent while it waits, and what becomes visible", async () => {
  const { sqs } = aws;
  const QueueUrl = await makeQueue("long-poll");
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 1 }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "now" }));
  expect((await waiting).Messages?.[0]?.Body).toBe("now");
  // Nobody deletes it: it comes again when its second is over.
  const again = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MessageSystemAttributeNames: ["ApproximateReceiveCount"] }),
  );
  expect(again.Messages).toMatchObject([{ Body: "now", Attributes: { ApproximateReceiveCount: "2" } }]);
  const handed = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: again.Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 }));
  expect((await handed).Messages?.[0]?.Body).toBe("now");
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 1 }));
  expect(await countsOf(QueueUrl)).toEqual({ visible: 0, inFlight: 1, delayed: 1 });
  const delayed = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  expect(delayed.Messages?.[0]?.Body).toBe("later");
});

test("64 consumers that wait at once receive each of 5,000 messages exactly once", async () => {
  const QueueUrl = await makeQueue("exclusive");
  const received: string[] = [];
  // Four clients: one has 50 connections, and whoever waits for messages holds one.
  const clients = Array.from({ length: 4 }, () => clientsFor(server));
  const consume = async (_: unknown, number: number): Promise<void> => {
    const { sqs } = clients[number % 4] as Clients;
    while (received.length < 5_000) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 7, WaitTimeSeconds: 2 }));
      received.push(...Messages.map(({ Body }) => Body ?? ""));
      if (Messages.length === 0) continue;
      const { Failed } = await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
        }),
      );
      expect(Failed).toEqual([]);
    }
  };
  const consumers = Promise.all(Array.from({ length: 64 }, consume));
  for (let at = 0; at < 500; at++) {
    const Entries = Array.from({ length: 10 }, (_, entry) => ({ Id: String(entry), MessageBody: String(at * 10 + entry) }));
    await aws.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  await consumers;
  for (const client of clients) client.destroy();
  expect(received.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 5_000 }, (_, at) => at));
  expect(await countsOf(QueueUrl)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
}, 60_000);

async function makeQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = "" } = await aws.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

async function countsOf(QueueUrl: string): Promise<Record<"visible" | "inFlight" | "delayed", number>> {
  const { Attributes = {} } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  return {
    visible: Number(Attributes["ApproximateNumberOfMessages"]),
    inFlight: Number(Attributes["ApproximateNumberOfMessagesNotVisible"]),
    delayed: Number(Attributes["ApproximateNumberOfMessagesDelayed"]),
  };
}
