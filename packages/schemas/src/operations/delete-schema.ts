import { onSchema } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { findSchema, schemaKey, whereSchema } from "../store.ts";

/** All versions go with it. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html */
export const deleteSchema: SchemasOperation<"DeleteSchema"> = {
  iam: onSchema("schemas:DeleteSchema"),
  run(resources, ctx, input) {
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    return resources.lock.run(key.registryName, async () => {
      await findSchema(resources, key);
      await resources.db.transaction((models) => [
        models.eventSchemaVersion.deleteMany({ where: key }),
        models.eventSchema.delete({ where: whereSchema(key) }),
      ]);
      return {};
    });
  },
};
