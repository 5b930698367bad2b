/** `&` and `:` stay as they are, as in AWS's own links. */
export const unsubscribeUrl = (baseUrl: string, subscriptionArn: string): string =>
  `${baseUrl}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

/** Confirms a subscription, or has one again that was ended. */
export const subscribeUrl = (baseUrl: string, topicArn: string, token: string): string =>
  `${baseUrl}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
