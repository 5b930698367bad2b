/** AWS's own retries, to begin with. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const healthyRetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};

/** A topic's delivery policy as an example. */
export const topicDeliveryExample = {
  http: { defaultHealthyRetryPolicy: healthyRetryPolicy, disableSubscriptionOverrides: false },
};

/** A subscription's. */
export const subscriptionDeliveryExample = { healthyRetryPolicy };
