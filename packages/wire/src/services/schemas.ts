import type * as sdk from "@aws-sdk/client-schemas";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-schemas";

/** Every operation of `schemas` (EventBridge Schemas) with its input and output. */
export type SchemasOperations = OperationsOf<typeof sdk>;

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    schemas: SchemasOperations;
  }
}
