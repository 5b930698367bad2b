import { AccessDenied, type RequestContext } from "@mayfly/kernel";
import type { EventSourceMappingConfiguration } from "@mayfly/wire/lambda";
import type { OperationResources } from "../resources.ts";
import { versionOf } from "../store/records.ts";
import { mappedFunctionArn, mappingArn, type MappingRecord } from "./mapping.ts";
import { sourceKinds } from "./source-kinds.ts";

/** What operations answer of a mapping. */
export async function shapeMapping(
  resources: OperationResources,
  ctx: RequestContext,
  record: MappingRecord,
): Promise<EventSourceMappingConfiguration> {
  return { ...(await shapeListedMapping(resources, record)), ...(await readableFilters(ctx, record)) };
}

/** As lists have it: filters that a key protects are not shown. */
export async function shapeListedMapping(
  { functions }: OperationResources,
  record: MappingRecord,
): Promise<EventSourceMappingConfiguration> {
  const { settings, startingPositionTimestampMs } = record;
  const { FilterCriteria, ...others } = settings;
  const { transitionReason, firstResult } = sourceKinds[record.kind];
  const mapped = await functions.find(record);
  const isMapped = mapped !== undefined && versionOf(mapped, record.qualifier) !== undefined;
  const result = isMapped ? (record.lastProcessingResult ?? firstResult) : functionGone(record);
  return {
    ...others,
    ...(FilterCriteria && !settings.KMSKeyArn && { FilterCriteria }),
    ...(record.eventSourceArn !== undefined && { EventSourceArn: record.eventSourceArn }),
    ...(startingPositionTimestampMs !== undefined && { StartingPositionTimestamp: new Date(startingPositionTimestampMs) }),
    ...(result !== undefined && { LastProcessingResult: result }),
    EventSourceMappingArn: mappingArn(record),
    FunctionArn: mappedFunctionArn(record),
    LastModified: new Date(record.lastModifiedMs),
    State: record.state,
    StateTransitionReason: transitionReason,
    UUID: record.uuid,
  };
}

/** A mapping outlives its function. */
const functionGone = ({ accountId }: MappingRecord): string => `PROBLEM: Function not found under accountId ${accountId} in database`;

/**
 * Filters under a key are for those who may decrypt with it.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption
 */
async function readableFilters(ctx: RequestContext, { settings }: MappingRecord): Promise<EventSourceMappingConfiguration> {
  const { FilterCriteria, KMSKeyArn } = settings;
  if (FilterCriteria === undefined || KMSKeyArn === undefined) return {};
  try {
    await ctx.authorize({ action: "kms:Decrypt", resource: KMSKeyArn, conditionKeys: {} });
    return { FilterCriteria };
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return { FilterCriteriaError: { ErrorCode: "AccessDeniedException", Message: error.message } };
  }
}
