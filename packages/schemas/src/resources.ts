import type { Database, Models } from "@mayfly/db";
import type { Clock, InputOf, KeyLock, OperationName, OperationRow, OutputOf } from "@mayfly/kernel";

/** What EventBridge Schemas is made of. */
export interface SchemasGiven {
  readonly db: Database;
  readonly clock: Clock;
}

/** What its operations work with. */
export interface SchemasResources extends SchemasGiven {
  /** Changes of one registry come one after the other. */
  readonly lock: KeyLock;
}

/** A row of the service's table. */
export type SchemasOperation<O extends OperationName<"schemas">> = OperationRow<
  SchemasResources,
  InputOf<"schemas", O>,
  OutputOf<"schemas", O>
>;

/** A kept registry. */
export type RegistryRow = NonNullable<Awaited<ReturnType<Models["schemaRegistry"]["findUnique"]>>>;
/** A kept schema. */
export type SchemaRow = NonNullable<Awaited<ReturnType<Models["eventSchema"]["findUnique"]>>>;
/** A kept version of a schema. */
export type VersionRow = NonNullable<Awaited<ReturnType<Models["eventSchemaVersion"]["findUnique"]>>>;
