import type { Database } from "@mayfly/db";
import type { Clock, InputOf, OperationName, OperationRow, OutputOf } from "@mayfly/kernel";
import type { TailSessions } from "./live-tail/tail-sessions.ts";
import type { LogStore } from "./store/log-store.ts";

/** What CloudWatch Logs is made of. */
export interface LogsResources {
  readonly db: Database;
  readonly clock: Clock;
}

/** What its operations work with. */
export interface OperationResources extends LogsResources {
  readonly store: LogStore;
  readonly tailSessions: TailSessions;
}

/** A row of the service's table. */
export type LogsOperation<O extends OperationName<"logs">> = OperationRow<OperationResources, InputOf<"logs", O>, OutputOf<"logs", O>>;
