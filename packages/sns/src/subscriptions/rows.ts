import type { Models } from "@mayfly/db";
import { readFilterPolicy, type FilterPolicyScope } from "../filter-policies/filter-policy.ts";
import type { Attributes } from "../topics/topic.ts";
import type { Protocol, Subscription, SubscriptionSettings } from "./subscription.ts";

/** A subscription as its row has it. */
export type SubscriptionRow = NonNullable<Awaited<ReturnType<Models["snsSubscription"]["findUnique"]>>>;

/** Reads a row. */
export function subscriptionOf({ attributes: text, protocol, token, endedAtMs: _ended, ...row }: SubscriptionRow): Subscription {
  const attributes = JSON.parse(text) as Record<string, string>;
  return { ...row, protocol: protocol as Protocol, token: token ?? undefined, attributes, settings: readSettings(attributes) };
}

/** Reads attributes that were checked when they were set. */
function readSettings(attributes: Attributes): SubscriptionSettings {
  const { RawMessageDelivery, FilterPolicy, FilterPolicyScope, RedrivePolicy } = attributes;
  const scope = (FilterPolicyScope ?? "MessageAttributes") as FilterPolicyScope;
  const redrive = RedrivePolicy === undefined ? undefined : (JSON.parse(RedrivePolicy) as { readonly deadLetterTargetArn: string });
  return {
    isRaw: RawMessageDelivery === "true",
    filterPolicy: FilterPolicy === undefined || FilterPolicy === "{}" ? undefined : readFilterPolicy(FilterPolicy, scope),
    deadLetterTargetArn: redrive?.deadLetterTargetArn,
  };
}
