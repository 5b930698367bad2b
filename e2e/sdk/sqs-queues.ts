import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type Message, type SQSClient } from "@aws-sdk/client-sqs";

/** Makes a queue and answers its URL. */
export async function makeQueue(sqs: SQSClient, QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

/** What a queue holds. */
export async function countsOf(sqs: SQSClient, QueueUrl: string): Promise<Record<"visible" | "inFlight" | "delayed", number>> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  return {
    visible: Number(Attributes["ApproximateNumberOfMessages"]),
    inFlight: Number(Attributes["ApproximateNumberOfMessagesNotVisible"]),
    delayed: Number(Attributes["ApproximateNumberOfMessagesDelayed"]),
  };
}

/** Up to ten messages with all that is known of them; `seconds` to wait for one. */
export async function receive(
  sqs: SQSClient,
  QueueUrl: string,
  options: { seconds?: number; visibility?: number; max?: number } = {},
): Promise<Message[]> {
  const { seconds = 0, visibility, max = 10 } = options;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: seconds,
      ...(visibility !== undefined && { VisibilityTimeout: visibility }),
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
}

/** The bodies of messages. */
export const bodiesOf = (messages: readonly Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);
