import { isFault } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";
import { checkActions } from "../policies/statements.ts";
import type { SnsGiven } from "../resources.ts";
import { readDeliveryPolicy } from "./delivery-policy.ts";
import type { Attributes } from "./topic.ts";

/** What is asked of an attribute's value. */
interface Setting {
  readonly readPolicy: SnsGiven["readPolicy"];
  readonly name: string;
  readonly value: string;
}

interface AttributeRule {
  /** Only FIFO topics have it. */
  readonly fifoOnly?: true;
  /** An empty value takes the attribute away. */
  readonly removable?: true;
  /** What is kept. @throws Fault InvalidParameter */
  readonly read: (setting: Setting) => string;
}

const asIs = ({ value }: Setting): string => value;

const oneOf =
  (...values: readonly string[]): AttributeRule["read"] =>
  ({ name, value }) => {
    if (values.includes(value)) return value;
    throw invalidValue(name, `Invalid value [${value}]. Must be ${values.join(" or ")}.`);
  };

const boolean = oneOf("true", "false");
const roleArn: AttributeRule = {
  removable: true,
  read: ({ name, value }) => {
    if (/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(value)) return value;
    throw invalidParameter(`${name} is not a valid role ARN`);
  },
};
const sampleRate: AttributeRule = {
  removable: true,
  read: ({ name, value }) => {
    if (/^\d{1,3}$/.test(value) && Number(value) <= 100) return value;
    throw invalidParameter(`${name} must be an integer from 0 to 100`);
  },
};

/** How deliveries were is told to a role's log, for each kind of endpoint. */
const feedback = Object.fromEntries(
  ["Application", "Firehose", "HTTP", "Lambda", "SQS"].flatMap((kind): [string, AttributeRule][] => [
    [`${kind}SuccessFeedbackRoleArn`, roleArn],
    [`${kind}SuccessFeedbackSampleRate`, sampleRate],
    [`${kind}FailureFeedbackRoleArn`, roleArn],
  ]),
);

/** The attributes that can be set. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const rules: Readonly<Record<string, AttributeRule | undefined>> = {
  ...feedback,
  DisplayName: {
    removable: true,
    read: ({ name, value }) => {
      if (value.length <= limits.displayNameCharacters) return value;
      throw invalidValue(name, `must be at most ${limits.displayNameCharacters} characters`);
    },
  },
  Policy: { removable: true, read: readTopicPolicy },
  DeliveryPolicy: { removable: true, read: ({ value }) => readDeliveryPolicy(value, "topic") },
  KmsMasterKeyId: { removable: true, read: asIs },
  SignatureVersion: { read: oneOf("1", "2") },
  TracingConfig: { read: oneOf("PassThrough", "Active") },
  ContentBasedDeduplication: { fifoOnly: true, read: boolean },
  FifoThroughputScope: { fifoOnly: true, read: oneOf("Topic", "MessageGroup") },
  ArchivePolicy: { fifoOnly: true, removable: true, read: readArchivePolicy },
};

/** What is told of a topic's attributes when one is wrong, by the operation that was asked. */
export interface AttributeWords {
  readonly unknown: (name: string) => Error;
  /** What precedes the reason. */
  readonly prefix: string;
}

/** CreateTopic's and Subscribe's. */
export const manyAttributes: AttributeWords = {
  unknown: (name) => invalidValue("Attributes", `Unknown attribute: ${name}`),
  prefix: "Attributes Reason: ",
};

/** SetTopicAttributes' and SetSubscriptionAttributes'. */
export const oneAttribute: AttributeWords = { unknown: () => invalidParameter("AttributeName"), prefix: "" };

/**
 * The attributes after some were set.
 * @throws Fault InvalidParameter
 */
export function withAttributes(
  readPolicy: SnsGiven["readPolicy"],
  isFifo: boolean,
  current: Attributes,
  set: Attributes,
  words: AttributeWords,
): Attributes {
  const next: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(set)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined || (rule.fifoOnly && !isFifo)) throw words.unknown(name);
    if (rule.removable && value === "") delete next[name];
    else next[name] = prefixed(words, () => rule.read({ readPolicy, name, value }));
  }
  return next;
}

/** Has a refusal say in which parameter its cause was. */
export function prefixed<T>({ prefix }: AttributeWords, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (prefix !== "" && isFault(error, "InvalidParameterException"))
      throw invalidParameter(prefix + error.message.replace(/^Invalid parameter: /, ""));
    throw error;
  }
}

/** IAM's grammar is the policy's, too. */
function readTopicPolicy({ readPolicy, value }: Setting): string {
  if (Buffer.byteLength(value) > limits.policyBytes) throw invalidValue("Policy", "Policy is too long");
  const statements = [policyOf(readPolicy, value).Statement].flat();
  for (const { Action, NotAction } of statements) {
    checkActions([Action ?? NotAction ?? []].flat());
  }
  return value;
}

function policyOf(readPolicy: SnsGiven["readPolicy"], text: string) {
  try {
    return readPolicy(text);
  } catch (error) {
    throw isFault(error) ? invalidValue("Policy", error.message) : error;
  }
}

function readArchivePolicy({ name, value }: Setting): string {
  const days = /^\s*\{\s*"MessageRetentionPeriod"\s*:\s*"?(\d{1,3})"?\s*\}\s*$/.exec(value)?.[1];
  if (days === undefined || Number(days) < 1 || Number(days) > 365)
    throw invalidValue(name, "MessageRetentionPeriod must be an integer from 1 to 365");
  return value;
}
