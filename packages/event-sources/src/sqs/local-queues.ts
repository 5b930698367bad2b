import { AccessDenied, rootPrincipal, type CallAs, type Identity, type MayCall, type WhenGone } from "@mayfly/kernel";
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

/** This server's own queues, called as whoever is named. */
export function localQueues({ callAs, mayCall }: { readonly callAs: CallAs; readonly mayCall: MayCall }): Queues {
  return {
    open: (arn, identity) => localQueue(callAs, arn, identity),
    async find(arn, identity) {
      const caller = { ...identity, region: queueName(arn).region };
      const QueueUrl = urlOf(arn);
      try {
        await mayCall(caller)("sqs", "ReceiveMessage", { QueueUrl });
        await mayCall(caller)("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle: "" });
        return { isFifo: isFifoArn(arn), visibilityTimeoutSeconds: await visibilityTimeout(callAs, caller, QueueUrl) };
      } catch (error) {
        if (isNoQueue(error)) return undefined;
        throw error;
      }
    },
    async canSend(arn, identity) {
      const { accountId, region, name } = queueName(arn);
      const find = () => callAs({ principal: rootPrincipal(accountId), accountId, region })("sqs", "GetQueueUrl", { QueueName: name });
      try {
        // A service is let in by the queue's policy, which one that is not there has not.
        if (identity.principal.kind === "service") await find();
        await mayCall({ ...identity, region })("sqs", "SendMessage", { QueueUrl: urlOf(arn), MessageBody: "" });
        await find();
        return true;
      } catch (error) {
        if (isNoQueue(error)) return false;
        throw error;
      }
    },
    async send(arn, identity, message) {
      const { accountId, region, name } = queueName(arn);
      try {
        const sent = await callAs({ ...identity, region })("sqs", "SendMessage", { QueueUrl: urlOf(arn), ...sendable(message) });
        return sent.MessageId ?? "";
      } catch (error) {
        // A queue that is not there has no policy that lets anybody in; that is not what its sender is to be told.
        if (error instanceof AccessDenied)
          await callAs({ principal: rootPrincipal(accountId), accountId, region })("sqs", "GetQueueUrl", { QueueName: name });
        throw error;
      }
    },
  };
}

function localQueue(callAs: CallAs, arn: string, identity: () => Promise<Identity>): Queue {
  const QueueUrl = urlOf(arn);
  const { accountId, region } = queueName(arn);
  const caller = async (): Promise<Identity> => ({ ...(await identity()), region });
  return {
    async receive({ count, waitSeconds, signal }) {
      const { Messages = [] } = await callAs({ ...(await caller()), tellsTrail: true, whenGone: whenAborted(signal) })(
        "sqs",
        "ReceiveMessage",
        {
          QueueUrl,
          MaxNumberOfMessages: count,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        },
      );
      return Messages;
    },
    async delete(receipts) {
      const Entries = receipts.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      const { Failed } = await callAs(await caller())("sqs", "DeleteMessageBatch", { QueueUrl, Entries });
      checkDeleted(Failed);
    },
    async giveBack(receipts) {
      // A function's role needs no permission for it: on AWS nobody asks for that, either.
      const call = callAs({ principal: rootPrincipal(accountId), accountId, region });
      checkGivenBack((await call("sqs", "ChangeMessageVisibilityBatch", { QueueUrl, Entries: visibleAtOnce(receipts) })).Failed);
    },
    visibilityTimeoutSeconds: async () => visibilityTimeout(callAs, await caller(), QueueUrl),
  };
}

const whenAborted =
  (signal: AbortSignal): WhenGone =>
  (listener) => {
    if (signal.aborted) queueMicrotask(listener);
    signal.addEventListener("abort", listener, { once: true });
    return () => signal.removeEventListener("abort", listener);
  };

async function visibilityTimeout(callAs: CallAs, caller: Identity, QueueUrl: string): Promise<number> {
  const { Attributes } = await callAs(caller)("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["VisibilityTimeout"] });
  return Number(Attributes?.VisibilityTimeout ?? 30);
}

/** A queue is known by the path of its URL, whatever the host. */
function urlOf(arn: string): string {
  const { accountId, region, name } = queueName(arn);
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
