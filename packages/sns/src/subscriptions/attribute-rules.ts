import { invalidParameter } from "../faults.ts";
import { readFilterPolicy, type FilterPolicyScope } from "../filter-policies/filter-policy.ts";
import { prefixed, type AttributeWords } from "../topics/attribute-rules.ts";
import { readDeliveryPolicy } from "../topics/delivery-policy.ts";
import type { Attributes, Topic } from "../topics/topic.ts";
import { failedToParse } from "./parse-failure.ts";
import type { Protocol } from "./subscription.ts";

/** What is asked of an attribute's value. */
interface Setting {
  readonly topic: Topic;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly value: string;
}

interface AttributeRule {
  /** An empty value takes the attribute away. */
  readonly removable?: true;
  /** What is kept. @throws Fault InvalidParameter */
  readonly read: (setting: Setting) => string;
}

/** The attributes that can be set. https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const rules: Readonly<Record<string, AttributeRule | undefined>> = {
  RawMessageDelivery: { read: readRaw },
  // Read together with its scope.
  FilterPolicy: { removable: true, read: ({ value }) => value },
  FilterPolicyScope: { read: readScope },
  RedrivePolicy: { removable: true, read: readRedrive },
  DeliveryPolicy: { removable: true, read: ({ value }) => readDeliveryPolicy(value, "subscription") },
  SubscriptionRoleArn: {
    removable: true,
    read: ({ value }) => {
      if (/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(value)) return value;
      throw invalidParameter("SubscriptionRoleArn: is an invalid arn");
    },
  },
};

/** Whose attributes are set. */
type Subject = Omit<Setting, "value">;

/** The attributes after some were set. @throws Fault InvalidParameter */
export function withSubscriptionAttributes(subject: Subject, current: Attributes, set: Attributes, words: AttributeWords): Attributes {
  const next: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(set)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw words.unknown(name);
    if (rule.removable && (value === "" || (name === "FilterPolicy" && value === "{}"))) delete next[name];
    else next[name] = prefixed(words, () => rule.read({ ...subject, value }));
  }
  const { FilterPolicy } = next;
  if (FilterPolicy === undefined) return next;
  const scope = (next["FilterPolicyScope"] ?? "MessageAttributes") as FilterPolicyScope;
  prefixed(words, () => readFilterPolicy(FilterPolicy, scope));
  return { ...next, FilterPolicyScope: scope };
}

/** `RawMessageDelivery` is for whom a message's envelope would be in the way. */
function readRaw({ value, protocol }: Setting): string {
  if (!/^(true|false)$/i.test(value)) throw invalidParameter(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  const isRaw = value.toLowerCase();
  if (isRaw === "true" && !["sqs", "http", "https"].includes(protocol))
    throw invalidParameter(`Delivery protocol [${protocol}] does not support raw message delivery.`);
  return isRaw;
}

function readScope({ value }: Setting): string {
  if (value === "MessageAttributes" || value === "MessageBody") return value;
  throw invalidParameter(`FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
}

function readRedrive({ topic, endpoint, value }: Setting): string {
  const policy = parse(value);
  const target = policy["deadLetterTargetArn"];
  if (typeof target !== "string" || !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(target))
    throw invalidParameter("RedrivePolicy: deadLetterTargetArn is an invalid arn");
  if (target.split(":")[3] !== topic.region) throw invalidParameter("RedrivePolicy: deadLetterTargetArn is in another region");
  if (topic.isFifo && endpoint.endsWith(".fifo") && !target.endsWith(".fifo"))
    throw invalidParameter("RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
  if (!endpoint.endsWith(".fifo") && target.endsWith(".fifo"))
    throw invalidParameter("RedrivePolicy: must use a standard queue as DLQ for a subscription that is not a FIFO queue's.");
  return value;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  } catch {
    throw invalidParameter(`RedrivePolicy: ${failedToParse(text)}`);
  }
  throw invalidParameter("RedrivePolicy: must be a JSON object");
}
