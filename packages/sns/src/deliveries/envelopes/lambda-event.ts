import { textFor } from "../stored-message.ts";
import type { Signer } from "../signing/sign.ts";
import { attributeMap } from "./envelope.ts";
import { unsubscribeUrl } from "./links.ts";
import type { NotificationFacts } from "./notification.ts";

/**
 * The event that a function gets. Recorded: its SignatureVersion is 1 whatever the topic's is, its URLs are spelled differently, no subject is null.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export async function lambdaEvent(sign: Signer, facts: NotificationFacts): Promise<object> {
  const { message, messageId, topicArn, subscriptionArn, baseUrl } = facts;
  const signed = {
    Type: message.kind,
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: message.subject,
    Message: textFor(message.texts, "lambda"),
    Timestamp: new Date(message.publishedAtMs).toISOString(),
  };
  const { version, text, certificatePath } = await sign(signed, "1");
  const Sns = {
    ...signed,
    Subject: message.subject ?? null,
    SignatureVersion: version,
    Signature: text,
    SigningCertUrl: `${baseUrl}${certificatePath}`,
    UnsubscribeUrl: unsubscribeUrl(baseUrl, subscriptionArn),
    MessageAttributes: attributeMap(message.attributes),
  };
  return { Records: [{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscriptionArn, Sns }] };
}
