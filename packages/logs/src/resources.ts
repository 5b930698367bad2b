import type { Database } from "@mayfly/db";
import type { Clock, InputOf, OperationName, OperationRow, OutputOf } from "@mayfly/kernel";
import type { LogStore } from "./store/log-store.ts";

/** What CloudWatch Logs is made of. */
export interface LogsResources {
  readonly db: Database;
  readonly clock: Clock;
}

/** What its operations work with. */
export interface OperationResources extends LogsResources {
  readonly store: LogStore;
}

/** A row of the service's table. */
export type LogsOperation<O extends OperationName<"logs">> = OperationRow<OperationResources, InputOf<"logs", O>, OutputOf<"logs", O>>;
