import type * as sdk from "@aws-sdk/client-sts";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-sts";

/** Every operation of `sts` with its input and output. */
export type StsOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    sts: StsOperations;
  }
}
