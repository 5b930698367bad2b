import { notFound } from "../faults.ts";
import { functionArn, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionOf, withEventInvokeConfig, type EventInvokeConfigRecord, type FunctionRecord } from "../store/records.ts";
import type { GivenSettings } from "./read-config.ts";
import { configKeyOf } from "./shape-config.ts";

const nothing: Omit<EventInvokeConfigRecord, "lastModifiedMs"> = {
  maximumRetryAttempts: undefined,
  maximumEventAgeSeconds: undefined,
  onSuccess: undefined,
  onFailure: undefined,
};

/** The function, if it has what the caller named. @throws Fault ResourceNotFoundException */
export function mustHaveQualifier(record: FunctionRecord | undefined, { qualifier }: FunctionReference): FunctionRecord {
  if (record === undefined || versionOf(record, qualifier) === undefined) throw notFound("The function doesn't exist.");
  return record;
}

/** The settings of what the caller named. @throws Fault ResourceNotFoundException */
export function mustHaveConfig(record: FunctionRecord | undefined, reference: FunctionReference): EventInvokeConfigRecord {
  const config = record?.eventInvokeConfigs.get(configKeyOf(reference));
  if (config === undefined)
    throw notFound(`The function ${functionArn(reference, configKeyOf(reference))} doesn't have an EventInvokeConfig`);
  return config;
}

/** Keeps settings. @param before those that stay unless others are given; none unless told */
export function changeConfig(
  { functions, clock }: OperationResources,
  reference: FunctionReference,
  given: GivenSettings,
  before: (record: FunctionRecord) => Partial<EventInvokeConfigRecord> = () => ({}),
): Promise<EventInvokeConfigRecord> {
  return functions.change(reference, (current) => {
    const record = mustHaveQualifier(current, reference);
    const result = { ...nothing, ...before(record), ...given, lastModifiedMs: clock.now() };
    return { next: withEventInvokeConfig(record, configKeyOf(reference), result), result };
  });
}
