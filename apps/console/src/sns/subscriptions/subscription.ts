import type { Subscription } from "@aws-sdk/client-sns";
import { useAws, useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import type { Answer } from "../../shared/answer.ts";
import { renewEveryMs } from "../topic.ts";
import type { SnsAttributes } from "../topic-facts.ts";

/** The id at the end of a subscription's ARN. */
export const subscriptionIdOf = (arn: string): string => arn.split(":").at(-1) ?? arn;

/** Lists have it in place of the ARN of a subscription that is not confirmed. */
export const isPending = ({ SubscriptionArn }: Subscription): boolean => SubscriptionArn === "PendingConfirmation";

/** A subscription's attributes. */
export function useSubscription(arn: string): Answer<SnsAttributes> {
  const { data, error, refetch } = useAws("sns", "GetSubscriptionAttributes", { SubscriptionArn: arn }, { refetchInterval: renewEveryMs });
  return { data: data && (data.Attributes ?? {}), error, refetch };
}

/** The subscriptions of a topic, or all in the region. */
export function useSubscriptions(topicArn?: string): Answer<Subscription[]> {
  const options = { refetchInterval: renewEveryMs };
  const all = useAwsAll("sns", "ListSubscriptions", topicArn === undefined ? {} : undefined, paging.ListSubscriptions, options);
  const input = topicArn === undefined ? undefined : { TopicArn: topicArn };
  const ofTopic = useAwsAll("sns", "ListSubscriptionsByTopic", input, paging.ListSubscriptionsByTopic, options);
  return topicArn === undefined ? all : ofTopic;
}
