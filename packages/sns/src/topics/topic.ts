import { formatArn, type PolicyDocument, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import type { Subscription } from "../subscriptions/subscription.ts";

/** An account's place in a region. */
export type Scope = Pick<RequestContext, "accountId" | "region">;

/** Names a topic. */
export interface TopicKey extends Scope {
  readonly topicName: string;
}

/** Attributes by name, as SetTopicAttributes has them. */
export type Attributes = Readonly<Record<string, string>>;

/** A topic as it is kept: immutable, replaced when it or one of its subscriptions changes. */
export interface Topic extends TopicKey {
  /** Never used again by another topic. */
  readonly id: number;
  readonly topicArn: string;
  readonly isFifo: boolean;
  /** Those that were set. */
  readonly attributes: Attributes;
  readonly tags: Readonly<Record<string, string>>;
  readonly dataProtectionPolicy: string | undefined;
  readonly createdAtMs: number;
  readonly deletedSubscriptionCount: number;
  /** The one that was set, or the default. */
  readonly policy: PolicyDocument;
  /** Those that wait to be confirmed, too. */
  readonly subscriptions: readonly Subscription[];
}

/** `arn:aws:sns:REGION:ACCOUNT:NAME` */
export const topicArn = ({ accountId, region, topicName }: TopicKey): string =>
  formatArn({ service: "sns", region, accountId, resource: topicName });

/** What an ARN names of SNS, its parts after the account by colons. @throws Fault InvalidParameter */
function readArn(parameter: string, text: string): { readonly scope: Scope; readonly resource: readonly string[] } {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  const count = text.split(":").length;
  if (count < 6) throw invalidValue(parameter, `An ARN must have at least 6 elements, not ${count}`);
  if (prefix !== "arn" || !partition || service !== "sns" || !region || accountId === undefined || !/^\d{12}$/.test(accountId))
    throw invalidParameter(parameter);
  return { scope: { accountId, region }, resource };
}

/** The topic that an ARN names. A topic of another region is not to be reached here. @throws Fault InvalidParameter */
export function topicKeyOfArn({ region }: Pick<Scope, "region">, text: string, parameter = "TopicArn"): TopicKey {
  const { scope, resource } = readArn(parameter, text);
  const [topicName = ""] = resource;
  if (resource.length !== 1 || !/^[\w-]+(\.fifo)?$/.test(topicName) || scope.region !== region) throw invalidParameter(parameter);
  return { ...scope, topicName };
}

/** The topic whose subscription an ARN names. @throws Fault InvalidParameter */
export function topicKeyOfSubscription({ region }: Pick<Scope, "region">, text: string): TopicKey {
  const { scope, resource } = readArn("SubscriptionArn", text);
  const [topicName = "", id = ""] = resource;
  if (scope.region !== region) throw invalidParameter("SubscriptionArn");
  if (resource.length !== 2 || topicName === "" || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
    throw invalidParameter("SubscriptionId");
  return { ...scope, topicName };
}

/** Under which changes of a topic and its subscriptions come one after the other. */
export const lockKey = ({ accountId, region, topicName }: TopicKey): string => `${accountId}/${region}/${topicName}`;
