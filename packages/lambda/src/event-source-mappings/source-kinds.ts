import { parseArn } from "@mayfly/kernel";
import type { EventSourcePosition, SourceAccessType } from "@mayfly/wire/lambda";
import type { ListedKind } from "./event-source-directory.ts";
import type { MappingSettings } from "./mapping.ts";

/** Where events come from. */
export type SourceKindName = ListedKind | "selfManagedKafka";

/** A setting by its name. */
export type SettingName = keyof MappingSettings;

/** What holds for mappings of one kind of source. */
export interface SourceKind {
  /** Settings beyond those that every kind has; others are refused. */
  readonly settings: readonly SettingName[];
  readonly required: readonly SettingName[];
  readonly defaults: MappingSettings;
  /** Those that reading may start from; none: reading has no position. */
  readonly startingPositions: readonly EventSourcePosition[];
  /** Ways in that can be named, and those of which one must be. */
  readonly access: readonly SourceAccessType[];
  readonly requiredAccess: readonly SourceAccessType[];
  /** Services whose resources take what was not processed. */
  readonly destinations: readonly string[];
  readonly metrics: readonly string[];
  /** The largest batch that needs no window to be gathered in. */
  readonly windowlessBatchSize: number | undefined;
  readonly transitionReason: "USER_INITIATED" | "User action";
  /** What LastProcessingResult says before anything was read; undefined: the member is returned only while something is wrong. */
  readonly firstResult: string | undefined;
}

const noRecords = "No records processed";

const commonSettings: readonly SettingName[] = ["BatchSize", "MaximumBatchingWindowInSeconds"];

const plain: Omit<SourceKind, "settings" | "defaults"> = {
  required: [],
  startingPositions: [],
  access: [],
  requiredAccess: [],
  destinations: [],
  metrics: ["EventCount"],
  windowlessBatchSize: undefined,
  transitionReason: "USER_INITIATED",
  firstResult: noRecords,
};

/** Recorded: which settings a stream's mapping has when only the necessary ones were given. */
const stream: Omit<SourceKind, "startingPositions"> = {
  ...plain,
  settings: [
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "FilterCriteria",
    "FunctionResponseTypes",
    "KMSKeyArn",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "MetricsConfig",
    "ParallelizationFactor",
    "TumblingWindowInSeconds",
  ],
  defaults: {
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    FunctionResponseTypes: [],
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 0,
  },
  destinations: ["sqs", "sns", "s3"],
  transitionReason: "User action",
};

/** What both kinds of Kafka share. Their window of 500 ms is not returned, as it is no number of seconds. */
const kafka: Omit<SourceKind, "access" | "requiredAccess"> = {
  ...plain,
  settings: [
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "FilterCriteria",
    "FunctionResponseTypes",
    "KMSKeyArn",
    "LoggingConfig",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "MetricsConfig",
    "ProvisionedPollerConfig",
    "SourceAccessConfigurations",
    "Topics",
  ],
  required: ["Topics"],
  defaults: { BatchSize: 100 },
  startingPositions: ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"],
  destinations: ["sqs", "sns", "s3", "kafka"],
  metrics: ["EventCount", "ErrorCount", "KafkaMetrics"],
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html says which setting is for which source. */
export const sourceKinds: Readonly<Record<SourceKindName, SourceKind>> = {
  sqs: {
    ...plain,
    settings: ["FilterCriteria", "FunctionResponseTypes", "KMSKeyArn", "MetricsConfig", "ProvisionedPollerConfig", "ScalingConfig"],
    defaults: { BatchSize: 10, FunctionResponseTypes: [], MaximumBatchingWindowInSeconds: 0 },
    windowlessBatchSize: 10,
    firstResult: undefined,
  },
  kinesis: { ...stream, startingPositions: ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"] },
  dynamodb: { ...stream, startingPositions: ["TRIM_HORIZON", "LATEST"] },
  mq: {
    ...plain,
    settings: ["FilterCriteria", "KMSKeyArn", "Queues", "SourceAccessConfigurations"],
    required: ["Queues", "SourceAccessConfigurations"],
    defaults: { BatchSize: 100 },
    access: ["BASIC_AUTH", "VIRTUAL_HOST"],
    requiredAccess: ["BASIC_AUTH"],
  },
  msk: {
    ...kafka,
    settings: [...kafka.settings, "AmazonManagedKafkaEventSourceConfig"],
    access: ["SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH"],
    requiredAccess: [],
  },
  selfManagedKafka: {
    ...kafka,
    settings: [...kafka.settings, "SelfManagedEventSource", "SelfManagedKafkaEventSourceConfig"],
    required: ["SourceAccessConfigurations", "Topics"],
    access: [
      "BASIC_AUTH",
      "CLIENT_CERTIFICATE_TLS_AUTH",
      "SASL_SCRAM_256_AUTH",
      "SASL_SCRAM_512_AUTH",
      "SERVER_ROOT_CA_CERTIFICATE",
      "VPC_SECURITY_GROUP",
      "VPC_SUBNET",
    ],
    requiredAccess: [],
    // Nothing reads such a cluster here; whoever looks is told.
    firstResult: "PROBLEM: Mayfly does not read self-managed Apache Kafka clusters. No records are processed.",
  },
  documentdb: {
    ...plain,
    settings: ["DocumentDBEventSourceConfig", "SourceAccessConfigurations"],
    required: ["DocumentDBEventSourceConfig", "SourceAccessConfigurations"],
    defaults: { BatchSize: 100 },
    startingPositions: ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"],
    access: ["BASIC_AUTH"],
    requiredAccess: ["BASIC_AUTH"],
  },
};

/** By the service and resource of the source's ARN. A DocumentDB cluster has an ARN of RDS. */
const arnPatterns: Readonly<Record<ListedKind, RegExp>> = {
  sqs: /^sqs:[\w-]{1,80}(\.fifo)?$/,
  kinesis: /^kinesis:stream\/[\w.-]+(\/consumer\/[\w.-]+:\d+)?$/,
  dynamodb: /^dynamodb:table\/[\w.-]+\/stream\/[\w.:-]+$/,
  mq: /^mq:broker:[\w-]+:[\w-]+$/,
  msk: /^kafka:(cluster|vpc-connection\/\d{12})\/[\w-]+\/[\w-]+$/,
  documentdb: /^rds:cluster:[\w-]+$/,
};

/** The kind of source that an ARN names, if any. */
export function kindOfArn(text: string): ListedKind | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const named = `${arn.service}:${arn.resource}`;
  for (const kind of Object.keys(arnPatterns) as ListedKind[]) if (arnPatterns[kind].test(named)) return kind;
  return undefined;
}

/** Whether a setting is for a kind of source. */
export const hasSetting = (kind: SourceKind, name: SettingName): boolean => commonSettings.includes(name) || kind.settings.includes(name);
