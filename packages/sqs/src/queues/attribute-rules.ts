import { isFault, type Fault } from "@mayfly/kernel";
import { invalidAttributeName, invalidAttributeValue, invalidValue, unknownAttribute } from "../faults.ts";
import { limits } from "../limits.ts";
import type { SqsResources } from "../resources.ts";
import { queueArn, queueKeyOfArn, type Attributes, type Queue, type QueueKey } from "./queue.ts";
import { effectiveAttributes, type Redrive, type RedriveAllow } from "./settings.ts";

/** What is asked of an attribute's value. */
interface Setting {
  readonly resources: SqsResources;
  readonly queue: QueueKey & { readonly isFifo: boolean };
  readonly name: string;
  readonly value: string;
}

interface AttributeRule {
  /** Only FIFO queues have it. */
  readonly fifoOnly?: true;
  /** An empty value takes the attribute away. */
  readonly removable?: true;
  /** @throws Fault */
  readonly check: (setting: Setting) => void | Promise<void>;
}

const integer =
  (min: number, max: number): AttributeRule["check"] =>
  ({ name, value }) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= min && number <= max)) throw invalidAttributeValue(name);
  };

const oneOf =
  (...values: readonly string[]): AttributeRule["check"] =>
  ({ name, value }) => {
    if (!values.includes(value)) throw invalidAttributeValue(name);
  };

const boolean = oneOf("true", "false");

/**
 * The attributes that can be set. Others can only be read or are unknown.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const rules: Readonly<Record<string, AttributeRule | undefined>> = {
  DelaySeconds: { check: integer(0, 900) },
  MaximumMessageSize: { check: integer(1_024, 1_048_576) },
  MessageRetentionPeriod: { check: integer(60, 1_209_600) },
  ReceiveMessageWaitTimeSeconds: { check: integer(0, 20) },
  VisibilityTimeout: { check: integer(0, 43_200) },
  Policy: { removable: true, check: checkPolicy },
  RedrivePolicy: { removable: true, check: checkRedrive },
  RedriveAllowPolicy: { removable: true, check: checkRedriveAllow },
  KmsMasterKeyId: { removable: true, check: () => {} },
  KmsDataKeyReusePeriodSeconds: { check: integer(60, 86_400) },
  SqsManagedSseEnabled: { check: boolean },
  FifoQueue: {
    check: ({ name, value, queue }) => {
      if (!queue.isFifo) throw unknownAttribute(name);
      if (value !== "true") throw invalidAttributeValue(name, "Modifying queue type is not supported.");
    },
  },
  ContentBasedDeduplication: { fifoOnly: true, check: boolean },
  DeduplicationScope: { fifoOnly: true, check: oneOf("messageGroup", "queue") },
  FifoThroughputLimit: { fifoOnly: true, check: oneOf("perQueue", "perMessageGroupId") },
};

const readOnly = ["CreatedTimestamp", "LastModifiedTimestamp", "QueueArn"].concat(
  ["", "NotVisible", "Delayed"].map((suffix) => `ApproximateNumberOfMessages${suffix}`),
);

/** Attributes that GetQueueAttributes knows. */
export const readableAttributes: ReadonlySet<string> = new Set([...Object.keys(rules), ...readOnly]);

/** @throws Fault InvalidAttributeName if there is no such attribute to be set */
function ruleOf(name: string, isFifo: boolean): AttributeRule {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined || (rule.fifoOnly && !isFifo)) throw unknownAttribute(name);
  return rule;
}

/** @throws Fault InvalidAttributeName */
export function checkAttributeNames(isFifo: boolean, set: Attributes): void {
  for (const name of Object.keys(set)) ruleOf(name, isFifo);
}

/**
 * The attributes after some were set.
 * @param current before; without it the queue is being made
 * @throws Fault InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
 */
export async function withAttributes(
  resources: SqsResources,
  queue: QueueKey & { readonly isFifo: boolean },
  current: Attributes | undefined,
  set: Attributes,
): Promise<Attributes> {
  const next: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(set)) {
    const rule = ruleOf(name, queue.isFifo);
    if (rule.removable && value === "") {
      delete next[name];
      continue;
    }
    await rule.check({ resources, queue, name, value });
    next[name] = value;
  }
  checkTogether(set, next);
  return next;
}

/** What attributes mean to each other. */
function checkTogether(set: Attributes, next: Record<string, string>): void {
  if (next["KmsMasterKeyId"] !== undefined && next["SqsManagedSseEnabled"] === "true") {
    if (set["KmsMasterKeyId"] !== undefined || set["SqsManagedSseEnabled"] === "true")
      throw invalidAttributeName(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
      );
  }
  const { DeduplicationScope, FifoThroughputLimit } = effectiveAttributes(next);
  if (FifoThroughputLimit === "perMessageGroupId" && DeduplicationScope !== "messageGroup")
    throw invalidAttributeValue(
      "FifoThroughputLimit",
      "The value perMessageGroupId is allowed only when the value for DeduplicationScope is messageGroup.",
    );
}

/** IAM's grammar is the policy's, too; what is wrong with it SQS says in its own words. */
function checkPolicy({ resources, name, value }: Setting): void {
  if (Buffer.byteLength(value) > limits.policyBytes) throw invalidAttributeValue(name);
  try {
    resources.readPolicy(value);
  } catch (error) {
    throw isFault(error) ? invalidAttributeValue(name) : error;
  }
}

function parseObject(value: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function checkRedrive({ resources, queue, name, value }: Setting): Promise<void> {
  const invalid = (reason: string): Fault => invalidValue(name, value, reason);
  const policy = parseObject(value);
  if (policy === undefined) throw invalid("Redrive policy is not a valid JSON map.");
  const { deadLetterTargetArn, maxReceiveCount, ...others } = policy as Partial<Record<keyof Redrive, unknown>>;
  if (deadLetterTargetArn === undefined) throw invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (maxReceiveCount === undefined) throw invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  if (Object.keys(others).length > 0) throw invalid("Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].");
  const count = /^\d{1,4}$/.test(JSON.stringify(maxReceiveCount).replaceAll('"', "")) ? Number(maxReceiveCount) : NaN;
  if (!(count >= 1 && count <= 1000)) throw invalid("Invalid value for maxReceiveCount: must be an integer from 1 to 1000.");
  const target = typeof deadLetterTargetArn === "string" ? queueKeyOfArn(deadLetterTargetArn) : undefined;
  if (target === undefined) throw invalid("Invalid value for deadLetterTargetArn.");
  if (target.accountId !== queue.accountId || target.region !== queue.region)
    throw invalid("Dead-letter target owner should be same as the source.");
  const deadLetterQueue = await resources.queues.find(target);
  if (deadLetterQueue === undefined) throw invalid("Dead letter target does not exist.");
  if (deadLetterQueue.settings.isFifo !== queue.isFifo)
    throw invalid(
      queue.isFifo
        ? "Dead letter queue of a FIFO queue must be a FIFO queue."
        : "Dead letter queue of a standard queue must be a standard queue.",
    );
  if (!mayRedrive(queue, deadLetterQueue))
    throw invalid(`The queue ${queueArn(target)} doesn't allow the queue ${queueArn(queue)} to use it as a dead-letter queue.`);
}

/** Whether a queue's RedriveAllowPolicy lets another one redrive to it. */
export function mayRedrive(source: QueueKey, { settings }: Pick<Queue, "settings">): boolean {
  const { redrivePermission = "allowAll", sourceQueueArns = [] } = settings.redriveAllow ?? {};
  return redrivePermission === "allowAll" || (redrivePermission === "byQueue" && sourceQueueArns.includes(queueArn(source)));
}

const permissions = ["allowAll", "denyAll", "byQueue"];

function checkRedriveAllow({ name, value }: Setting): void {
  const invalid = (reason: string): Fault => invalidValue(name, value, reason);
  const policy = parseObject(value);
  if (policy === undefined) throw invalid("Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.");
  const { redrivePermission, sourceQueueArns } = policy as Partial<Record<keyof RedriveAllow, unknown>>;
  if (!permissions.includes(redrivePermission as string))
    throw invalid("Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.");
  const isByQueue = redrivePermission === "byQueue";
  if (!isByQueue && sourceQueueArns !== undefined)
    throw invalid(`You can specify sourceQueueArns only when the redrivePermission parameter is set to byQueue.`);
  if (!isByQueue) return;
  const arns = Array.isArray(sourceQueueArns) ? (sourceQueueArns as unknown[]) : [];
  if (arns.length === 0 || arns.length > 10) throw invalid("You must specify from 1 to 10 source queue ARNs with byQueue.");
  if (!arns.every((arn) => typeof arn === "string" && queueKeyOfArn(arn) !== undefined))
    throw invalid("Amazon SQS can't create the redrive allow policy: a source queue ARN is not valid.");
}
