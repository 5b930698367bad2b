import { conflict } from "../faults.ts";
import { onSchema } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { findSchema, findVersion, schemaKey } from "../store.ts";

/** The only version stays: DeleteSchema removes both. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname-version-schemaversion.html */
export const deleteSchemaVersion: SchemasOperation<"DeleteSchemaVersion"> = {
  iam: onSchema("schemas:DeleteSchemaVersion"),
  run(resources, ctx, input) {
    const { models } = resources.db;
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    return resources.lock.run(key.registryName, async () => {
      await findSchema(resources, key);
      const { version } = await findVersion(resources, key, input.SchemaVersion);
      if ((await models.eventSchemaVersion.count({ where: key })) === 1)
        throw conflict(`Schema version ${version} is the only one of the schema with name ${key.schemaName}: delete the schema.`);
      await models.eventSchemaVersion.deleteMany({ where: { ...key, version } });
      return {};
    });
  },
};
