import type { Attributes } from "./queue.ts";

/** Where messages go that were received too often. */
export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Which queues may redrive to a queue. */
export interface RedriveAllow {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns?: readonly string[];
}

/** A queue's attributes in the units that the code works with. */
export interface QueueSettings {
  readonly isFifo: boolean;
  readonly isContentDeduplicated: boolean;
  readonly isDeduplicatedByGroup: boolean;
  readonly delayMs: number;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly waitMs: number;
  readonly messageBytes: number;
  readonly redrive: Redrive | undefined;
  readonly redriveAllow: RedriveAllow | undefined;
}

/** What an attribute is that was not set. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const defaultAttributes: Attributes = {
  VisibilityTimeout: "30",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  DelaySeconds: "0",
  ReceiveMessageWaitTimeSeconds: "0",
};

/** The same of a FIFO queue alone. */
const defaultFifoAttributes: Attributes = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

/** All that were set or hold by default. */
export function effectiveAttributes(attributes: Attributes): Attributes {
  const isKms = attributes["KmsMasterKeyId"] !== undefined;
  return {
    ...defaultAttributes,
    ...(attributes["FifoQueue"] === "true" && defaultFifoAttributes),
    ...(isKms && { KmsDataKeyReusePeriodSeconds: "300" }),
    SqsManagedSseEnabled: String(!isKms),
    ...attributes,
  };
}

/** Reads attributes that were checked when they were set. */
export function readSettings(attributes: Attributes): QueueSettings {
  const effective = effectiveAttributes(attributes);
  const number = (name: string): number => Number(effective[name]);
  const json = (name: string): unknown => (effective[name] === undefined ? undefined : JSON.parse(effective[name]));
  const redrive = json("RedrivePolicy") as (Omit<Redrive, "maxReceiveCount"> & { readonly maxReceiveCount: number | string }) | undefined;
  return {
    isFifo: effective["FifoQueue"] === "true",
    isContentDeduplicated: effective["ContentBasedDeduplication"] === "true",
    isDeduplicatedByGroup: effective["DeduplicationScope"] === "messageGroup",
    delayMs: number("DelaySeconds") * 1000,
    visibilityTimeoutMs: number("VisibilityTimeout") * 1000,
    retentionMs: number("MessageRetentionPeriod") * 1000,
    waitMs: number("ReceiveMessageWaitTimeSeconds") * 1000,
    messageBytes: number("MaximumMessageSize"),
    redrive: redrive && { deadLetterTargetArn: redrive.deadLetterTargetArn, maxReceiveCount: Number(redrive.maxReceiveCount) },
    redriveAllow: json("RedriveAllowPolicy") as RedriveAllow | undefined,
  };
}
