import { createKeyLock, defineService, type OperationTable, type Service } from "@mayfly/kernel";
import { createRegistry } from "./operations/create-registry.ts";
import { createSchema } from "./operations/create-schema.ts";
import { deleteRegistry } from "./operations/delete-registry.ts";
import { deleteSchema } from "./operations/delete-schema.ts";
import { deleteSchemaVersion } from "./operations/delete-schema-version.ts";
import { describeRegistry } from "./operations/describe-registry.ts";
import { describeSchema } from "./operations/describe-schema.ts";
import { exportSchema } from "./operations/export-schema.ts";
import { listRegistries } from "./operations/list-registries.ts";
import { listSchemaVersions } from "./operations/list-schema-versions.ts";
import { listSchemas } from "./operations/list-schemas.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { searchSchemas } from "./operations/search-schemas.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateRegistry } from "./operations/update-registry.ts";
import { updateSchema } from "./operations/update-schema.ts";
import type { SchemasGiven, SchemasResources } from "./resources.ts";

/** EventBridge Schemas' operations. What is not here answers as AWS does for an unknown operation. */
const operations: OperationTable<"schemas", SchemasResources> = {
  CreateRegistry: createRegistry,
  CreateSchema: createSchema,
  DeleteRegistry: deleteRegistry,
  DeleteSchema: deleteSchema,
  DeleteSchemaVersion: deleteSchemaVersion,
  DescribeRegistry: describeRegistry,
  DescribeSchema: describeSchema,
  ExportSchema: exportSchema,
  ListRegistries: listRegistries,
  ListSchemaVersions: listSchemaVersions,
  ListSchemas: listSchemas,
  ListTagsForResource: listTagsForResource,
  SearchSchemas: searchSchemas,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateRegistry: updateRegistry,
  UpdateSchema: updateSchema,
};

/** AWS's EventBridge Schemas over the given database: registries, and schemas with their versions. */
export function createSchemas(given: SchemasGiven): Service {
  return defineService("schemas", operations, { ...given, lock: createKeyLock() });
}
