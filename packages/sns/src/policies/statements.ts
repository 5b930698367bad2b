import type { PolicyDocument, PolicyStatement } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Topic } from "../topics/topic.ts";

/** What a topic's policy can be about. https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const topicActions = [
  "AddPermission",
  "DeleteTopic",
  "GetDataProtectionPolicy",
  "GetTopicAttributes",
  "ListSubscriptionsByTopic",
  "ListTagsForResource",
  "Publish",
  "PutDataProtectionPolicy",
  // Of old default policies, which many templates still have.
  "Receive",
  "RemovePermission",
  "SetTopicAttributes",
  "Subscribe",
];
const lowerCased: ReadonlySet<string> = new Set(topicActions.map((action) => `sns:${action}`.toLowerCase()));

/** No other action, and no wildcard, may be in a topic's policy. @throws Fault InvalidParameter */
export function checkActions(actions: readonly string[]): void {
  if (!actions.every((action) => lowerCased.has(action.toLowerCase())))
    throw invalidParameter("Policy statement action out of service scope!");
}

interface Permission {
  readonly Label: string;
  readonly AWSAccountId: readonly string[];
  readonly ActionName: readonly string[];
}

const oneOrMany = (items: readonly string[]): string | readonly string[] => (items.length === 1 ? (items[0] as string) : items);

/** The statement that AddPermission makes. @throws Fault InvalidParameter */
function statementOf({ topicArn }: Topic, { Label, AWSAccountId, ActionName }: Permission): PolicyStatement {
  if (!/^[\w-]{1,80}$/.test(Label)) throw invalidParameter("Label");
  if (AWSAccountId.length === 0 || !AWSAccountId.every((id) => /^\d{12}$/.test(id))) throw invalidParameter("AWSAccountId");
  if (ActionName.length === 0 || ActionName.length > limits.policyActionCount) throw invalidParameter("ActionName");
  checkActions(ActionName.map((action) => `SNS:${action}`));
  return {
    Sid: Label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(AWSAccountId.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrMany(ActionName.map((action) => `SNS:${action}`)),
    Resource: topicArn,
  };
}

/** A topic's policy with one more statement. @throws Fault InvalidParameter */
export function withPermission(topic: Topic, permission: Permission): string {
  const before = [topic.policy.Statement].flat();
  if (before.some(({ Sid }) => Sid === permission.Label)) throw invalidParameter("Statement already exists");
  if (before.length >= limits.policyStatementCount) throw invalidValue("Policy", "too many statements");
  const document: PolicyDocument = { ...topic.policy, Statement: [...before, statementOf(topic, permission)] };
  return JSON.stringify(document);
}

/** The policy without a statement; undefined if nothing is left of it. One that isn't there is no error. */
export function withoutPermission({ policy }: Topic, label: string): string | undefined {
  const left = [policy.Statement].flat().filter(({ Sid }) => Sid !== label);
  return left.length === 0 ? undefined : JSON.stringify({ ...policy, Statement: left });
}
