import { compileEventPattern, EventPatternError } from "@mayfly/kernel";
import { constraintBroken, invalidParameter } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";
import { missing, unsupported } from "./mapping-faults.ts";
import type { MappingSettings } from "./mapping.ts";
import { mergedSettings, settingNames } from "./setting-readers.ts";
import { hasSetting, sourceKinds, type SourceKind, type SourceKindName } from "./source-kinds.ts";

/** Checks that need no more than the settings and the kind of their source. */
type Rule = (settings: MappingSettings, kind: SourceKind, limits: LambdaLimits) => void;

const rules: readonly Rule[] = [
  checkRequired,
  checkBatch,
  checkRecordAge,
  checkFilters,
  checkAccess,
  checkPollers,
  checkMetrics,
  checkSchemaRegistries,
];

/**
 * The settings that a mapping has after a request.
 * @param given those that the request names
 * @throws Fault InvalidParameterValueException
 */
export function readSettings(
  kindName: SourceKindName,
  given: MappingSettings,
  before: MappingSettings,
  limits: LambdaLimits,
): MappingSettings {
  const kind = sourceKinds[kindName];
  if (given.DestinationConfig?.OnSuccess !== undefined) throw unsupported("DestinationConfig");
  for (const name of settingNames) {
    if (name !== "StartingPosition" && given[name] !== undefined && !hasSetting(kind, name)) throw unsupported(name);
  }
  const settings = withPollerDefaults(mergedSettings(given, before, kind.defaults), kindName);
  for (const rule of rules) rule(settings, kind, limits);
  return settings;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html */
function withPollerDefaults(settings: MappingSettings, kindName: SourceKindName): MappingSettings {
  const { ProvisionedPollerConfig } = settings;
  if (ProvisionedPollerConfig === undefined) return settings;
  const least = kindName === "sqs" ? 2 : 1;
  return { ...settings, ProvisionedPollerConfig: { MinimumPollers: least, MaximumPollers: 200, ...ProvisionedPollerConfig } };
}

function checkRequired(settings: MappingSettings, kind: SourceKind): void {
  for (const name of kind.required) {
    const value = settings[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) throw missing(name);
  }
  if (settings.DocumentDBEventSourceConfig !== undefined && settings.DocumentDBEventSourceConfig.DatabaseName === undefined) {
    throw missing("DatabaseName");
  }
}

function checkBatch({ BatchSize = 1, MaximumBatchingWindowInSeconds = 0 }: MappingSettings, kind: SourceKind): void {
  if (kind.windowlessBatchSize === undefined || BatchSize <= kind.windowlessBatchSize || MaximumBatchingWindowInSeconds > 0) return;
  throw invalidParameter("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
}

/** The model's range starts at -1, which stands for no bound; the shortest age is longer. */
function checkRecordAge({ MaximumRecordAgeInSeconds: age = -1 }: MappingSettings, _kind: SourceKind, limits: LambdaLimits): void {
  if (age === -1 || age >= limits.leastRecordAgeSeconds) return;
  throw constraintBroken(
    String(age),
    "maximumRecordAgeInSeconds",
    `Member must have value greater than or equal to ${limits.leastRecordAgeSeconds}`,
  );
}

function checkFilters({ FilterCriteria }: MappingSettings, _kind: SourceKind, limits: LambdaLimits): void {
  const filters = FilterCriteria?.Filters ?? [];
  if (filters.length > limits.filterCount) {
    const printed = filters.map(({ Pattern }) => `Filter(pattern=${Pattern ?? "null"})`).join(", ");
    const tail = `Member must have length less than or equal to ${limits.filterCount}`;
    throw constraintBroken(`[${printed}]`, "filterCriteria.filters", tail);
  }
  for (const { Pattern = "" } of filters) {
    try {
      compileEventPattern(Pattern);
    } catch (error) {
      if (error instanceof EventPatternError) throw invalidParameter("Invalid filter pattern definition.");
      throw error;
    }
  }
}

function checkAccess({ SourceAccessConfigurations: given = [] }: MappingSettings, kind: SourceKind): void {
  const types = new Set(given.map(({ Type }) => Type));
  for (const { Type, URI } of given) {
    if (Type === undefined || !kind.access.includes(Type)) throw unsupported("SourceAccessConfigurations");
    if (URI === undefined) throw missing("uri");
  }
  if (!kind.requiredAccess.every((type) => types.has(type))) throw missing("SourceAccessConfigurations");
  if (types.has("VPC_SUBNET") !== types.has("VPC_SECURITY_GROUP")) {
    throw invalidParameter("VPC_SUBNET and VPC_SECURITY_GROUP must be both provided.");
  }
}

function checkPollers({ ProvisionedPollerConfig: pollers, ScalingConfig }: MappingSettings, kind: SourceKind): void {
  if (pollers === undefined) return;
  const { MinimumPollers = 1, MaximumPollers = 1, PollerGroupName } = pollers;
  if (MinimumPollers > MaximumPollers) throw invalidParameter("MinimumPollers must be less than or equal to MaximumPollers.");
  if (ScalingConfig !== undefined) throw invalidParameter("MaximumConcurrency can't be used with provisioned mode.");
  if (!hasSetting(kind, "ScalingConfig")) return;
  if (MinimumPollers < 2 || MaximumPollers < 2) throw invalidParameter("MinimumPollers and MaximumPollers must be at least 2.");
  if (PollerGroupName !== undefined) throw unsupported("PollerGroupName");
}

function checkMetrics({ MetricsConfig }: MappingSettings, kind: SourceKind): void {
  if (MetricsConfig?.Metrics?.some((metric) => !kind.metrics.includes(metric))) throw unsupported("MetricsConfig");
}

function checkSchemaRegistries(settings: MappingSettings): void {
  for (const name of ["AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig"] as const) {
    const registry = settings[name]?.SchemaRegistryConfig;
    if (registry === undefined) continue;
    if (settings.ProvisionedPollerConfig === undefined) throw missing("ProvisionedPollerConfig");
    if (registry.SchemaRegistryURI === undefined) throw missing("SchemaRegistryURI");
    if (registry.EventRecordFormat === undefined) throw missing("EventRecordFormat");
    if ((registry.SchemaValidationConfigs ?? []).length === 0) throw missing("SchemaValidationConfigs");
  }
}
