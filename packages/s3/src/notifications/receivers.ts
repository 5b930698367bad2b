import { AccessDenied, isFault, newUuid, parseArn, servicePrincipal, type Identity, type TrailIds } from "@mayfly/kernel";
import { bucketArn, type Bucket } from "../buckets/bucket.ts";
import type { S3Given } from "../resources.ts";
import type { Notification, NotificationKind } from "./notification.ts";

/** What telling takes. */
export type ReceiverResources = Pick<S3Given, "callAs" | "mayCall" | "queues" | "topics">;

/** How receivers of one kind are told. All are told in S3's own name for the bucket, so that their policies decide. */
interface ReceiverRow {
  /** Why the bucket can't tell it of anything, in S3's words; undefined if it can. */
  refusal(resources: ReceiverResources, arn: string, identity: Identity): Promise<Refusal | undefined>;
  /** Resolves when it has the event. Answers the id of the invocation or message. @throws Fault, AccessDenied */
  tell(resources: ReceiverResources, arn: string, identity: Identity, body: string): Promise<TrailIds>;
  /** Whether it is sent a test event when it is configured. */
  readonly isTested: boolean;
}

/** What is wrong with a receiver. */
export interface Refusal {
  readonly name: string;
  readonly reason: string;
}

/** In the region that the receiver's ARN names. */
export const identityFor = ({ name, accountId }: Pick<Bucket, "name" | "accountId">, arn: string): Identity => ({
  principal: servicePrincipal("s3.amazonaws.com", accountId),
  accountId,
  region: parseArn(arn)?.region ?? "",
  sourceArn: bucketArn(name),
});

const nobodyTold = (what: string): string =>
  `Permissions on the destination ${what} do not allow S3 to publish notifications from this bucket`;

/** By kind. */
export const receivers: Readonly<Record<NotificationKind, ReceiverRow>> = {
  lambda: {
    isTested: false,
    async refusal({ mayCall }, arn, identity) {
      try {
        await mayCall(identity)("lambda", "Invoke", { FunctionName: arn, InvocationType: "Event" });
        return undefined;
      } catch (error) {
        if (!(error instanceof AccessDenied) && !isFault(error)) throw error;
        return { name: `${arn}, null`, reason: `Not authorized to invoke function [${arn}]` };
      }
    },
    async tell({ callAs }, arn, identity, body) {
      const requestId = newUuid();
      const call = callAs({ ...identity, requestId });
      await call("lambda", "Invoke", { FunctionName: arn, InvocationType: "Event", Payload: Buffer.from(body) });
      return { requestId };
    },
  },
  sqs: {
    isTested: true,
    refusal: ({ queues }, arn, identity) => refusalOf("queue", arn, () => queues.canSend(arn, identity)),
    tell: async ({ queues }, arn, identity, body) => ({ messageId: await queues.send(arn, identity, { body }) }),
  },
  sns: {
    isTested: true,
    refusal: ({ topics }, arn, identity) => refusalOf("topic", arn, () => topics.canPublish(arn, identity)),
    async tell({ callAs }, arn, identity, body) {
      const input = { TopicArn: arn, Subject: "Amazon S3 Notification", Message: body };
      const { MessageId: messageId } = await callAs(identity)("sns", "Publish", input);
      return messageId === undefined ? {} : { messageId };
    },
  },
};

async function refusalOf(what: "queue" | "topic", name: string, canTell: () => Promise<boolean>): Promise<Refusal | undefined> {
  try {
    return (await canTell()) ? undefined : { name, reason: `The destination ${what} does not exist` };
  } catch (error) {
    if (error instanceof AccessDenied) return { name, reason: nobodyTold(what) };
    throw error;
  }
}

/** What is wrong with the first receiver with which anything is. */
export async function firstRefusal(
  resources: ReceiverResources,
  bucket: Bucket,
  notifications: readonly Notification[],
): Promise<Refusal | undefined> {
  for (const { kind, arn } of notifications) {
    const refusal = await receivers[kind].refusal(resources, arn, identityFor(bucket, arn));
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
