import type { KafkaSchemaRegistryConfig } from "@mayfly/wire/lambda";
import type { MappingSettings } from "./mapping.ts";
import type { SettingName } from "./source-kinds.ts";

/** What is kept of a setting; undefined: none, as an empty object takes a setting back. */
type Reader<K extends SettingName> = (given: NonNullable<MappingSettings[K]>, before: MappingSettings[K]) => MappingSettings[K];

const asGiven = <T>(given: T): T => given;

/** Of Kafka: a member that is not named stays, and an empty registry removes it. Measured on AWS by others. */
const mergedKafka = <T extends { ConsumerGroupId?: string | undefined; SchemaRegistryConfig?: KafkaSchemaRegistryConfig | undefined }>(
  given: T,
  before: T | undefined,
): T => {
  const { SchemaRegistryConfig: registry = before?.SchemaRegistryConfig, ...rest } = { ...before, ...given };
  const isEmpty = registry === undefined || Object.keys(registry).length === 0;
  return (isEmpty ? rest : { ...rest, SchemaRegistryConfig: registry }) as T;
};

const settingReaders: { readonly [K in SettingName]: Reader<K> } = {
  AmazonManagedKafkaEventSourceConfig: mergedKafka,
  BatchSize: asGiven,
  BisectBatchOnFunctionError: asGiven,
  DestinationConfig({ OnFailure }) {
    return OnFailure?.Destination ? { OnFailure: { Destination: OnFailure.Destination } } : undefined;
  },
  DocumentDBEventSourceConfig: (given, before) => ({ FullDocument: "Default", ...before, ...given }),
  FilterCriteria: ({ Filters = [] }) => (Filters.length === 0 ? undefined : { Filters }),
  FunctionResponseTypes: asGiven,
  KMSKeyArn: (given) => given || undefined,
  LoggingConfig: ({ SystemLogLevel }) => SystemLogLevel && { SystemLogLevel },
  MaximumBatchingWindowInSeconds: asGiven,
  MaximumRecordAgeInSeconds: asGiven,
  MaximumRetryAttempts: asGiven,
  MetricsConfig: ({ Metrics = [] }) => (Metrics.length === 0 ? undefined : { Metrics }),
  ParallelizationFactor: asGiven,
  ProvisionedPollerConfig: (given, before) => (Object.keys(given).length === 0 ? undefined : { ...before, ...given }),
  Queues: asGiven,
  ScalingConfig: ({ MaximumConcurrency }) => (MaximumConcurrency === undefined ? undefined : { MaximumConcurrency }),
  SelfManagedEventSource: asGiven,
  SelfManagedKafkaEventSourceConfig: mergedKafka,
  SourceAccessConfigurations: asGiven,
  StartingPosition: asGiven,
  Topics: asGiven,
  TumblingWindowInSeconds: asGiven,
};

export const settingNames = Object.keys(settingReaders) as SettingName[];

/** The settings after a request: what it does not name stays as it was. */
export function mergedSettings(given: MappingSettings, before: MappingSettings, defaults: MappingSettings): MappingSettings {
  const merged = Object.fromEntries(settingNames.map((name) => [name, mergedSetting(name, given, before)]));
  const kept = Object.entries(merged).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(kept) };
}

function mergedSetting<K extends SettingName>(name: K, given: MappingSettings, before: MappingSettings): MappingSettings[K] {
  const value = given[name];
  return value === undefined ? before[name] : settingReaders[name](value, before[name]);
}
