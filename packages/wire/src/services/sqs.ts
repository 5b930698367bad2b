import type * as sdk from "@aws-sdk/client-sqs";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-sqs";

/** Every operation of `sqs` with its input and output. */
export type SqsOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    sqs: SqsOperations;
  }
}
