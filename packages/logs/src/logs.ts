import { defineService, type Service } from "@mayfly/kernel";
import { createExpiry } from "./expiry.ts";
import { limits } from "./limits.ts";
import { createTailHub } from "./live-tail/tail-hub.ts";
import { createTailSessions } from "./live-tail/tail-sessions.ts";
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
  const hub = createTailHub();
  const store = createLogStore(resources.db, hub);
  const tailSessions = createTailSessions(hub, limits.tail);
  const service = defineService("logs", serviceTable, { ...resources, store, tailSessions });
  return { service, start: expiry.start, close: expiry.close };
}
