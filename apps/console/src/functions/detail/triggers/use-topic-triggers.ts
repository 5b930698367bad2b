import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { letsIn } from "../../../policies/lets-in.ts";
import { statementsOf } from "../../../policies/statements.ts";
import type { Answer } from "../../../shared/answer.ts";
import { useFunctionPolicy } from "../function-policy.ts";
import { useCurrentFunction } from "../function-context.ts";

/** A topic that is to run the function. */
export interface TopicTrigger {
  readonly topicArn: string;
  readonly subscriptionArn: string;
  /** Whether the function's policy lets it. Undefined: not known. */
  readonly isPermitted: boolean | undefined;
}

/** What a topic's trigger is at, in a word. */
export const topicStateText = ({ isPermitted }: TopicTrigger): string => (isPermitted === false ? "No permission" : "Enabled");

/** The topics to which what the page shows is subscribed. */
export function useTopicTriggers(): Answer<TopicTrigger[]> {
  const { FunctionArn } = useCurrentFunction().configuration;
  const { data, error, refetch } = useAwsAll("sns", "ListSubscriptions", {}, paging.ListSubscriptions);
  const own = data?.filter(({ Protocol, Endpoint }) => Protocol === "lambda" && Endpoint === FunctionArn);
  const policy = useFunctionPolicy(own !== undefined && own.length > 0);
  const triggers = own?.map(({ TopicArn = "", SubscriptionArn = "" }) => ({
    topicArn: TopicArn,
    subscriptionArn: SubscriptionArn,
    isPermitted:
      policy.data === undefined
        ? undefined
        : statementsOf(policy.data ?? undefined).some((each) => letsIn(each, "sns.amazonaws.com", TopicArn)),
  }));
  return { data: triggers, error, refetch };
}
