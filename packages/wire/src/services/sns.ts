import type * as sdk from "@aws-sdk/client-sns";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-sns";

/** Every operation of `sns` with its input and output. */
export type SnsOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    sns: SnsOperations;
  }
}
