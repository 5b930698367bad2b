import type { GetProvisionedConcurrencyConfigResponse } from "@mayfly/wire/lambda";
import type { FunctionRecord } from "../store/records.ts";
import type { Provisioning } from "./provisioning.ts";

/** `2026-11-23T10:00:00+0000` */
const timeText = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}+0000`;

/** What operations answer of a version's or an alias's provisioned concurrency; undefined if it has none. */
export async function shapeProvisioned(
  provisioning: Provisioning,
  record: FunctionRecord,
  qualifier: string,
): Promise<GetProvisionedConcurrencyConfigResponse | undefined> {
  const config = record.provisionedConcurrency.get(qualifier);
  if (config === undefined) return undefined;
  const { availableCount, status, reason } = await provisioning.facts(record, qualifier);
  return {
    RequestedProvisionedConcurrentExecutions: config.requestedCount,
    AvailableProvisionedConcurrentExecutions: availableCount,
    AllocatedProvisionedConcurrentExecutions: availableCount,
    Status: status,
    ...(reason !== undefined && { StatusReason: reason }),
    LastModified: timeText(config.lastModifiedMs),
  };
}
