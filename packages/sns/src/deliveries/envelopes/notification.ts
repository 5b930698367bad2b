import type { SignatureVersion, Signer } from "../signing/sign.ts";
import { textFor, type StoredNotification } from "../stored-message.ts";
import { attributeMap, type Envelope } from "./envelope.ts";
import { unsubscribeUrl } from "./links.ts";

/** What an envelope is made of. */
export interface NotificationFacts {
  readonly message: StoredNotification;
  readonly messageId: string;
  /** Of a FIFO topic. */
  readonly sequenceNumber: string | undefined;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly protocol: string;
  readonly signatureVersion: SignatureVersion;
  readonly baseUrl: string;
}

/**
 * The envelope that queues, HTTP endpoints and programs that read mail get. FIFO topics do not sign, as recorded.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-notification-json
 */
export async function notification(sign: Signer, facts: NotificationFacts): Promise<Envelope> {
  const { message, messageId, sequenceNumber, topicArn, subscriptionArn, protocol, signatureVersion, baseUrl } = facts;
  const head = { Type: message.kind, MessageId: messageId };
  const signed = {
    TopicArn: topicArn,
    Subject: message.subject,
    Message: textFor(message.texts, protocol),
    Timestamp: new Date(message.publishedAtMs).toISOString(),
  };
  const signature = message.isFifo ? undefined : await sign({ ...head, ...signed }, signatureVersion);
  return {
    ...head,
    SequenceNumber: sequenceNumber,
    ...signed,
    ...(signature !== undefined && {
      SignatureVersion: signature.version,
      Signature: signature.text,
      SigningCertURL: `${baseUrl}${signature.certificatePath}`,
    }),
    UnsubscribeURL: unsubscribeUrl(baseUrl, subscriptionArn),
    ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: attributeMap(message.attributes) }),
  };
}
