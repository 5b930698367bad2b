import { expect, it } from "vitest";
import { queueRecord } from "./event-record.ts";

const arn = "arn:aws:sqs:us-east-1:123456789012:orders.fifo";

it("is a message as AWS gives it to functions, member by member in AWS's order", () => {
  const message = {
    MessageId: "059f36b4-87a3-44ab-83d2-661975830a7d",
    ReceiptHandle: "AQEB",
    Body: "Test message.",
    MD5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
    MD5OfMessageAttributes: "d4e68fb7bd0e697a0ae8f1bb342846b4",
    Attributes: {
      SenderId: "AIDAIENQZJOLO23YVJ4VO",
      ApproximateFirstReceiveTimestamp: "1545082649185",
      ApproximateReceiveCount: "1",
      SentTimestamp: "1545082649183",
      SequenceNumber: "18849496460467696128",
      MessageGroupId: "1",
      MessageDeduplicationId: "1",
      AWSTraceHeader: "Root=1-6553f100-000000000000000000000000",
    },
    MessageAttributes: {
      name: { DataType: "String", StringValue: "value" },
      count: { DataType: "Number.int", StringValue: "7" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
    },
  };
  expect(JSON.stringify(queueRecord(message, arn, "us-east-1"), undefined, 2)).toMatchInlineSnapshot(`
    "{
      "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
      "receiptHandle": "AQEB",
      "body": "Test message.",
      "attributes": {
        "ApproximateReceiveCount": "1",
        "AWSTraceHeader": "Root=1-6553f100-000000000000000000000000",
        "SentTimestamp": "1545082649183",
        "SequenceNumber": "18849496460467696128",
        "MessageGroupId": "1",
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "MessageDeduplicationId": "1",
        "ApproximateFirstReceiveTimestamp": "1545082649185"
      },
      "messageAttributes": {
        "name": {
          "stringValue": "value",
          "stringListValues": [],
          "binaryListValues": [],
          "dataType": "String"
        },
        "count": {
          "stringValue": "7",
          "stringListValues": [],
          "binaryListValues": [],
          "dataType": "Number.int"
        },
        "bytes": {
          "binaryValue": "AP8=",
          "stringListValues": [],
          "binaryListValues": [],
          "dataType": "Binary"
        }
      },
      "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
      "md5OfMessageAttributes": "d4e68fb7bd0e697a0ae8f1bb342846b4",
      "eventSource": "aws:sqs",
      "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:orders.fifo",
      "awsRegion": "us-east-1"
    }"
  `);
});

it("has no MD5 of attributes that a message does not have", () => {
  const message = { MessageId: "a", ReceiptHandle: "b", Body: "", MD5OfBody: "c", Attributes: { SenderId: "d" } };
  expect(queueRecord(message, arn, "us-east-1")).toEqual({
    messageId: "a",
    receiptHandle: "b",
    body: "",
    attributes: { SenderId: "d" },
    messageAttributes: {},
    md5OfBody: "c",
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion: "us-east-1",
  });
});
