import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { statementsOf, type Statement } from "../../../policies/statements.ts";
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
    isPermitted: policy.data === undefined ? undefined : statementsOf(policy.data ?? undefined).some((each) => letsIn(each, TopicArn)),
  }));
  return { data: triggers, error, refetch };
}

/** Whether a statement, as AddPermission makes them, lets a topic run the function. */
function letsIn({ Effect, Principal, Action, Condition = {} }: Statement, topicArn: string): boolean {
  const services = typeof Principal === "string" ? [Principal] : [Principal["Service"] ?? ""];
  const isService = services.some((service) => service === "*" || service === "sns.amazonaws.com");
  const sources = Object.values(Condition).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, value]) => (key.toLowerCase() === "aws:sourcearn" ? [value] : [])),
  );
  const isSource = sources.every((source) => (source.endsWith("*") ? topicArn.startsWith(source.slice(0, -1)) : source === topicArn));
  return Effect === "Allow" && isService && /^(lambda:(InvokeFunction|\*)|\*)$/i.test(Action) && isSource;
}
