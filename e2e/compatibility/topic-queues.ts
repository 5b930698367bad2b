import type { World } from "./world.ts";

/** The ARN of a topic of the tests' account. */
export const topicArn = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;

const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

/** Makes a queue that topics may send to; answers its ARN. */
export async function newQueue({ sqs }: World, QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const arn = queueArn(QueueName);
  const Statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await sqs.createQueue({ QueueName, Attributes: { ...Attributes, Policy } });
  return arn;
}

/** The next message of a queue, which is then gone; waits for it. */
export async function nextBody({ sqs, server }: World, name: string): Promise<string> {
  const QueueUrl = `${server.url}/123456789012/${name}`;
  const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 10 });
  if (message === undefined) throw new Error(`Nothing came to ${name}`);
  await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle });
  return message.Body ?? "";
}
