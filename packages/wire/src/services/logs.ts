import type * as sdk from "@aws-sdk/client-cloudwatch-logs";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-cloudwatch-logs";

/** Every operation of `logs` with its input and output. */
export type LogsOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    logs: LogsOperations;
  }
}
