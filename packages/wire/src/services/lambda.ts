import type * as sdk from "@aws-sdk/client-lambda";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-lambda";

/** Every operation of `lambda` with its input and output. */
export type LambdaOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    lambda: LambdaOperations;
  }
}
