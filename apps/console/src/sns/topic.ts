import type { UseQueryResult } from "@tanstack/react-query";
import { useAws, useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { currentRegion } from "../api/send.ts";
import { useAccountId } from "../iam/account-id.ts";
import type { Answer } from "../shared/answer.ts";
import { topicNameOf, type SnsAttributes } from "./topic-facts.ts";

/** While a topic is looked at its counts are renewed this often. Milliseconds. */
export const renewEveryMs = 5_000;

/** A topic as lists show it. */
export interface ListedTopic {
  readonly name: string;
  readonly arn: string;
}

/** A topic with its attributes. */
export interface TopicDetails extends ListedTopic {
  readonly attributes: SnsAttributes;
}

/** The account's topics in the region. */
export function useTopics(options: { readonly staleTime?: number } = {}): Answer<ListedTopic[]> & Pick<UseQueryResult, "isFetching"> {
  const { data, error, refetch, isFetching } = useAwsAll("sns", "ListTopics", {}, paging.ListTopics, options);
  return { data: data?.map(({ TopicArn = "" }) => ({ name: topicNameOf(TopicArn), arn: TopicArn })), error, refetch, isFetching };
}

/** The ARN of a topic of this account in this region. */
export const useTopicArn = (name: string): string => `arn:aws:sns:${currentRegion()}:${useAccountId()}:${name}`;

/** A topic of the account by its name. */
export function useTopic(name: string): Answer<TopicDetails> {
  const arn = useTopicArn(name);
  const { data, error, refetch } = useAws("sns", "GetTopicAttributes", { TopicArn: arn }, { refetchInterval: renewEveryMs });
  return { data: data && { name, arn, attributes: data.Attributes ?? {} }, error, refetch };
}
