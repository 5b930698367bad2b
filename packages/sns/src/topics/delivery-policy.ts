import { isFault } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";

/** How often and when a failed delivery to an HTTP endpoint is tried again. Delays are in seconds. */
export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: "linear" | "arithmetic" | "geometric" | "exponential";
}

/** How a subscription's HTTP endpoint is delivered to. */
export interface EffectivePolicy {
  readonly healthyRetryPolicy: RetryPolicy;
  readonly throttlePolicy: { readonly maxReceivesPerSecond: number } | null;
  readonly requestPolicy: { readonly headerContentType: string } | null;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const defaultRetryPolicy: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};
const defaultContentType = "text/plain; charset=UTF-8";

type Json = Readonly<Record<string, unknown>>;

interface TopicPolicy {
  readonly http?: {
    readonly defaultHealthyRetryPolicy?: Partial<RetryPolicy>;
    readonly defaultThrottlePolicy?: { readonly maxReceivesPerSecond?: number };
    readonly defaultRequestPolicy?: { readonly headerContentType?: string };
    readonly disableSubscriptionOverrides?: boolean;
  };
}

interface SubscriptionPolicy {
  readonly healthyRetryPolicy?: Partial<RetryPolicy> | null;
  readonly throttlePolicy?: { readonly maxReceivesPerSecond?: number } | null;
  readonly requestPolicy?: { readonly headerContentType?: string } | null;
}

const parsed = (text: string | undefined): unknown => JSON.parse(text ?? "{}");

/** A topic's policy, or a subscription's, as it is answered: what of it is kept. @throws Fault InvalidParameter */
export function readDeliveryPolicy(text: string, of: "topic" | "subscription"): string {
  try {
    return JSON.stringify(of === "topic" ? topicPolicyOf(objectOf(JSON.parse(text))) : subscriptionPolicyOf(objectOf(JSON.parse(text))));
  } catch (error) {
    if (isFault(error)) throw error;
    throw invalidParameter("DeliveryPolicy: failed to parse JSON.");
  }
}

/** What a topic's HTTP endpoints have by default, as GetTopicAttributes answers it. */
export function effectiveTopicPolicy(text: string | undefined): string {
  const { http = {} } = parsed(text) as TopicPolicy;
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...defaultRetryPolicy, ...http.defaultHealthyRetryPolicy },
      disableSubscriptionOverrides: http.disableSubscriptionOverrides ?? false,
      ...(http.defaultThrottlePolicy !== undefined && { defaultThrottlePolicy: http.defaultThrottlePolicy }),
      defaultRequestPolicy: { headerContentType: defaultContentType, ...http.defaultRequestPolicy },
    },
  });
}

/** How an endpoint is delivered to: its subscription's policy, and where that is silent or overruled the topic's. */
export function effectivePolicy(topic: string | undefined, subscription: string | undefined): EffectivePolicy {
  const { http = {} } = parsed(topic) as TopicPolicy;
  const own = http.disableSubscriptionOverrides ? {} : (parsed(subscription) as SubscriptionPolicy);
  const throttle = own.throttlePolicy?.maxReceivesPerSecond ?? http.defaultThrottlePolicy?.maxReceivesPerSecond;
  return {
    healthyRetryPolicy: { ...defaultRetryPolicy, ...http.defaultHealthyRetryPolicy, ...own.healthyRetryPolicy },
    throttlePolicy: throttle === undefined ? null : { maxReceivesPerSecond: throttle },
    requestPolicy: {
      headerContentType: own.requestPolicy?.headerContentType ?? http.defaultRequestPolicy?.headerContentType ?? defaultContentType,
    },
  };
}

/** The same as GetSubscriptionAttributes answers it. */
export function effectiveSubscriptionPolicy(topic: string | undefined, subscription: string | undefined): string {
  const { healthyRetryPolicy, throttlePolicy, requestPolicy } = effectivePolicy(topic, subscription);
  return JSON.stringify({ healthyRetryPolicy, sicklyRetryPolicy: null, throttlePolicy, requestPolicy, guaranteed: false });
}

function topicPolicyOf(policy: Json): Json {
  const http = objectOf(policy["http"]);
  const { defaultHealthyRetryPolicy, defaultThrottlePolicy, defaultRequestPolicy, disableSubscriptionOverrides = false } = http;
  if (typeof disableSubscriptionOverrides !== "boolean")
    throw invalidParameter("DeliveryPolicy: http.disableSubscriptionOverrides must be true or false");
  return {
    http: {
      ...(isThere(defaultHealthyRetryPolicy) && {
        defaultHealthyRetryPolicy: retryPolicyOf(objectOf(defaultHealthyRetryPolicy), "http.defaultHealthyRetryPolicy"),
      }),
      disableSubscriptionOverrides,
      ...(isThere(defaultThrottlePolicy) && { defaultThrottlePolicy: throttlePolicyOf(objectOf(defaultThrottlePolicy)) }),
      ...(isThere(defaultRequestPolicy) && { defaultRequestPolicy: requestPolicyOf(objectOf(defaultRequestPolicy)) }),
    },
  };
}

function subscriptionPolicyOf({ healthyRetryPolicy, throttlePolicy, requestPolicy }: Json): Json {
  return {
    healthyRetryPolicy: isThere(healthyRetryPolicy)
      ? { ...defaultRetryPolicy, ...retryPolicyOf(objectOf(healthyRetryPolicy), "healthyRetryPolicy") }
      : null,
    sicklyRetryPolicy: null,
    throttlePolicy: isThere(throttlePolicy) ? throttlePolicyOf(objectOf(throttlePolicy)) : null,
    requestPolicy: isThere(requestPolicy) ? requestPolicyOf(objectOf(requestPolicy)) : null,
    guaranteed: false,
  };
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function objectOf(value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw invalidParameter("DeliveryPolicy: failed to parse JSON.");
}

/** Bounds of each number. https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  minDelayTarget: [1, 3600],
  maxDelayTarget: [1, 3600],
  numRetries: [0, 100],
  numNoDelayRetries: [0, 100],
  numMinDelayRetries: [0, 100],
  numMaxDelayRetries: [0, 100],
};
const backoffFunctions: readonly unknown[] = ["linear", "arithmetic", "geometric", "exponential"];

function retryPolicyOf(policy: Json, path: string): Json {
  for (const [name, value] of Object.entries(policy)) {
    const bound = Object.hasOwn(bounds, name) ? bounds[name] : undefined;
    if (name === "backoffFunction" ? !backoffFunctions.includes(value) : bound === undefined)
      throw invalidParameter(`DeliveryPolicy: ${path}.${name} is not valid`);
    if (bound !== undefined && !(Number.isInteger(value) && (value as number) >= bound[0] && (value as number) <= bound[1]))
      throw invalidParameter(`DeliveryPolicy: ${path}.${name} must be between ${bound[0]} and ${bound[1]}`);
  }
  const { minDelayTarget, maxDelayTarget, numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = {
    ...defaultRetryPolicy,
    ...policy,
  };
  if (maxDelayTarget < minDelayTarget) throw invalidParameter(`DeliveryPolicy: ${path}.maxDelayTarget must be at least minDelayTarget`);
  if (numNoDelayRetries + numMinDelayRetries + numMaxDelayRetries > numRetries)
    throw invalidParameter(`DeliveryPolicy: ${path}.numRetries must be at least the sum of the retries of its phases`);
  return policy;
}

function throttlePolicyOf({ maxReceivesPerSecond }: Json): Json {
  if (!Number.isInteger(maxReceivesPerSecond) || (maxReceivesPerSecond as number) < 1)
    throw invalidParameter("DeliveryPolicy: maxReceivesPerSecond must be a positive integer");
  return { maxReceivesPerSecond };
}

function requestPolicyOf({ headerContentType }: Json): Json {
  if (typeof headerContentType !== "string" || !/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w-]+=[\w"./:-]+)*$/.test(headerContentType))
    throw invalidParameter("DeliveryPolicy: headerContentType is not a valid content type");
  return { headerContentType };
}
