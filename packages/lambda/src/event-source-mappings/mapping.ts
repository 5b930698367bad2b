import { formatArn } from "@mayfly/kernel";
import type { EventSourceMappingConfiguration } from "@mayfly/wire/lambda";
import { functionArn, type FunctionKey } from "../function-name.ts";
import type { Tags } from "../tags/tagged-resource.ts";
import type { MappingState } from "./mapping-states.ts";
import type { SourceKindName } from "./source-kinds.ts";

/** What a mapping is found by. */
export interface MappingKey {
  readonly accountId: string;
  readonly region: string;
  readonly uuid: string;
}

/** Members of AWS's EventSourceMappingConfiguration that a caller sets, as they are kept and returned. */
export type MappingSettings = Pick<
  EventSourceMappingConfiguration,
  | "AmazonManagedKafkaEventSourceConfig"
  | "BatchSize"
  | "BisectBatchOnFunctionError"
  | "DestinationConfig"
  | "DocumentDBEventSourceConfig"
  | "FilterCriteria"
  | "FunctionResponseTypes"
  | "KMSKeyArn"
  | "LoggingConfig"
  | "MaximumBatchingWindowInSeconds"
  | "MaximumRecordAgeInSeconds"
  | "MaximumRetryAttempts"
  | "MetricsConfig"
  | "ParallelizationFactor"
  | "ProvisionedPollerConfig"
  | "Queues"
  | "ScalingConfig"
  | "SelfManagedEventSource"
  | "SelfManagedKafkaEventSourceConfig"
  | "SourceAccessConfigurations"
  | "StartingPosition"
  | "Topics"
  | "TumblingWindowInSeconds"
>;

/** An event source mapping. Immutable; a change is another record. */
export interface MappingRecord extends MappingKey, FunctionKey {
  /** Version or alias, if the function was named with one. */
  readonly qualifier: string | undefined;
  readonly kind: SourceKindName;
  /** Only a self-managed cluster has none. */
  readonly eventSourceArn: string | undefined;
  readonly state: MappingState;
  /** What the caller wants it to be, whatever state it is in. */
  readonly isEnabled: boolean;
  /** What whoever reads the source said last; undefined: nothing yet. */
  readonly lastProcessingResult: string | undefined;
  readonly startingPositionTimestampMs: number | undefined;
  readonly settings: MappingSettings;
  readonly tags: Tags;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
}

export const mappingArn = ({ accountId, region, uuid }: MappingKey): string =>
  formatArn({ service: "lambda", region, accountId, resource: `event-source-mapping:${uuid}` });

/** The function as it was named. */
export const mappedFunctionArn = (record: MappingRecord): string => functionArn(record, record.qualifier);
