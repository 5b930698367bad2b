import type * as sdk from "@aws-sdk/client-iam";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-iam";

/** Every operation of `iam` with its input and output. */
export type IamOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    iam: IamOperations;
  }
}
