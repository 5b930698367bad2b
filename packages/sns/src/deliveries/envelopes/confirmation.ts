import { topicArn } from "../../topics/topic.ts";
import type { SignatureVersion, Signer } from "../signing/sign.ts";
import type { StoredConfirmation } from "../stored-message.ts";
import type { Envelope } from "./envelope.ts";
import { subscribeUrl } from "./links.ts";

const texts: Readonly<Record<StoredConfirmation["kind"], (topic: string, subscription: string) => string>> = {
  SubscriptionConfirmation: (topic) =>
    `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
  UnsubscribeConfirmation: (_topic, subscription) =>
    `You have chosen to deactivate subscription ${subscription}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-subscription-confirmation-json */
export async function confirmation(
  sign: Signer,
  message: StoredConfirmation,
  messageId: string,
  signatureVersion: SignatureVersion,
): Promise<Envelope> {
  const arn = topicArn(message.topic);
  const signed = {
    Type: message.kind,
    MessageId: messageId,
    Token: message.token,
    TopicArn: arn,
    Message: texts[message.kind](arn, message.receiver.subscriptionArn),
    SubscribeURL: subscribeUrl(message.baseUrl, arn, message.token),
    Timestamp: new Date(message.publishedAtMs).toISOString(),
  };
  const { version, text, certificatePath } = await sign(signed, signatureVersion);
  return { ...signed, SignatureVersion: version, Signature: text, SigningCertURL: `${message.baseUrl}${certificatePath}` };
}
