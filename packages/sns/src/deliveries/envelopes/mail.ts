import { topicArn } from "../../topics/topic.ts";
import type { StoredConfirmation } from "../stored-message.ts";
import { subscribeUrl, unsubscribeUrl } from "./links.ts";

/** What a mail says. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly confirmUrl?: string;
  readonly unsubscribeUrl?: string;
}

/** No header may hold a line's end, and AWS's subjects are short. */
const subjectCharacters = 100;
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, " ").slice(0, subjectCharacters);

/** A notification as people get it. https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html */
export function notificationMail(subject: string | undefined, text: string, baseUrl: string, subscriptionArn: string): MailText {
  const url = unsubscribeUrl(baseUrl, subscriptionArn);
  return {
    subject: oneLine(subject ?? "AWS Notification Message"),
    text: `${text}

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${url}

Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support
`,
    unsubscribeUrl: url,
  };
}

type Confirming = Pick<StoredConfirmation, "topic" | "token" | "baseUrl"> & { readonly receiver: { readonly subscriptionArn: string } };

/** What people are asked when they were subscribed, and told when they no longer are. */
export const confirmationMails: Readonly<Record<StoredConfirmation["kind"], (message: Confirming) => MailText>> = {
  SubscriptionConfirmation({ topic, token, baseUrl }) {
    const arn = topicArn(topic);
    const confirmUrl = subscribeUrl(baseUrl, arn, token);
    return {
      subject: "AWS Notification - Subscription Confirmation",
      text: `You have chosen to subscribe to the topic:
${arn}

To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
${confirmUrl}

Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out
`,
      confirmUrl,
    };
  },
  UnsubscribeConfirmation({ topic, token, baseUrl }) {
    const arn = topicArn(topic);
    const confirmUrl = subscribeUrl(baseUrl, arn, token);
    return {
      subject: "AWS Notification - Unsubscribe Confirmation",
      text: `Your subscription to the topic below has been deactivated:
${arn}

If this was in error, click or visit the link below to subscribe again:
${confirmUrl}
`,
      confirmUrl,
    };
  },
};
