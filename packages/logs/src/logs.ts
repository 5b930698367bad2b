import { defineService, type Service } from "@mayfly/kernel";
import { createExpiry } from "./expiry.ts";
import type { LogsResources } from "./resources.ts";
import { serviceTable } from "./service-table.ts";
import { createLogStore } from "./store/log-store.ts";

/** CloudWatch Logs. */
export interface Logs {
  readonly service: Service;
  /** Starts removing expired lines. */
  start(): void;
  /** Resolves when no task is under way any more. */
  close(): Promise<void>;
}

/** AWS's CloudWatch Logs over the given database. */
export function createLogs(resources: LogsResources): Logs {
  const expiry = createExpiry(resources);
  const store = createLogStore(resources.db);
  return { service: defineService("logs", serviceTable, { ...resources, store }), start: expiry.start, close: expiry.close };
}
