import { AccessDenied, Fault } from "@mayfly/kernel";
import type { RemoteSqs } from "@mayfly/wire/remote-sqs";
import {
  checkDeleted,
  checkGivenBack,
  isFifoArn,
  isNoQueue,
  queueName,
  sendable,
  visibleAtOnce,
  type Queue,
  type Queues,
} from "./queues.ts";

/**
 * Queues at another endpoint. What may be done there is decided there, of the credentials that this server has for it: a function's role is no party to that.
 * @param connect to the endpoint in a region; called once for each
 */
export function remoteQueues(connect: (region: string) => Promise<RemoteSqs>): Queues {
  const connections = new Map<string, Promise<RemoteSqs>>();
  const connected = (region: string): Promise<RemoteSqs> => {
    let connection = connections.get(region);
    if (connection === undefined) connections.set(region, (connection = connect(region)));
    return connection;
  };
  const urls = new Map<string, string>();

  async function urlOf(arn: string): Promise<{ sqs: RemoteSqs; QueueUrl: string }> {
    const { accountId, region, name } = queueName(arn);
    const sqs = await connected(region);
    const known = urls.get(arn);
    if (known !== undefined) return { sqs, QueueUrl: known };
    const { QueueUrl = "" } = await sqs.getQueueUrl({ QueueName: name, QueueOwnerAWSAccountId: accountId });
    urls.set(arn, QueueUrl);
    return { sqs, QueueUrl };
  }

  async function visibilityTimeout(arn: string): Promise<number> {
    const { sqs, QueueUrl } = await urlOf(arn);
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["VisibilityTimeout"] });
    return Number(Attributes?.VisibilityTimeout ?? 30);
  }

  const open = (arn: string): Queue => ({
    async receive({ count, waitSeconds, signal }) {
      const { sqs, QueueUrl } = await urlOf(arn);
      const wanted = {
        QueueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        // Servers that are older than MessageSystemAttributeNames know the first name only.
        AttributeNames: ["All" as const],
        MessageSystemAttributeNames: ["All" as const],
        MessageAttributeNames: ["All"],
      };
      const { Messages = [] } = await sqs.receiveMessage(wanted, signal).catch((error: unknown) => {
        if (signal.aborted) return { Messages: [] };
        throw error;
      });
      return Messages;
    },
    async delete(receipts) {
      const { sqs, QueueUrl } = await urlOf(arn);
      const Entries = receipts.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      checkDeleted((await sqs.deleteMessageBatch({ QueueUrl, Entries })).Failed);
    },
    async giveBack(receipts) {
      const { sqs, QueueUrl } = await urlOf(arn);
      checkGivenBack((await sqs.changeMessageVisibilityBatch({ QueueUrl, Entries: visibleAtOnce(receipts) })).Failed);
    },
    visibilityTimeoutSeconds: () => visibilityTimeout(arn),
  });

  return {
    open,
    find: (arn) =>
      asked("GetQueueAttributes", async () => ({ isFifo: isFifoArn(arn), visibilityTimeoutSeconds: await visibilityTimeout(arn) })),
    async send(arn, _identity, message) {
      const sent = await asked("SendMessage", async () => {
        const { sqs, QueueUrl } = await urlOf(arn);
        return sqs.sendMessage({ QueueUrl, ...sendable(message) });
      });
      if (sent === undefined) throw new Fault("QueueDoesNotExist", "The specified queue does not exist.");
      return sent.MessageId ?? "";
    },
    canSend: async (arn) => (await asked("GetQueueUrl", () => urlOf(arn))) !== undefined,
  };
}

/** What comes of a question that Lambda's caller waits for; undefined: there is no such queue. */
async function asked<T>(call: string, question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (isNoQueue(error)) return undefined;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (name.startsWith("AccessDenied")) throw new AccessDenied(message);
    throw new Fault(
      "InvalidParameterValueException",
      `Error occurred while ${call}. SQS Error Code: ${name}. SQS Error Message: ${message}`,
      { members: { Type: "User" }, cause: error },
    );
  }
}
