import type { Message, MessageAttributeValue } from "@mayfly/wire/sqs";

/** A message as a function is given it. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, RecordAttribute>>;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

interface RecordAttribute {
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
  readonly stringListValues: readonly string[];
  readonly binaryListValues: readonly string[];
  readonly dataType: string;
}

/** In the order in which AWS has them. */
const attributeOrder = [
  "ApproximateReceiveCount",
  "AWSTraceHeader",
  "SentTimestamp",
  "SequenceNumber",
  "MessageGroupId",
  "SenderId",
  "MessageDeduplicationId",
  "ApproximateFirstReceiveTimestamp",
  "DeadLetterQueueSourceArn",
] as const;

export function queueRecord(message: Message, queueArn: string, region: string): QueueRecord {
  const { MessageId = "", ReceiptHandle = "", Body = "", MD5OfBody = "", MD5OfMessageAttributes, MessageAttributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, value]) => [name, recordAttribute(value)])),
    md5OfBody: MD5OfBody,
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function systemAttributes({ Attributes = {} }: Message): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of attributeOrder) {
    const value = Attributes[name];
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

const recordAttribute = ({ StringValue, BinaryValue, DataType = "" }: MessageAttributeValue): RecordAttribute => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString("base64") }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});
