import { onRegistry } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeRegistry } from "../shapes.ts";
import { findRegistry, registryKey, whereRegistry } from "../store.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html */
export const updateRegistry: SchemasOperation<"UpdateRegistry"> = {
  iam: onRegistry("schemas:UpdateRegistry"),
  run(resources, ctx, input) {
    const key = registryKey(ctx, input.RegistryName);
    return resources.lock.run(key.registryName, async () => {
      const { description } = await findRegistry(resources, key);
      const data = { description: input.Description ?? description };
      return shapeRegistry(await resources.db.models.schemaRegistry.update({ where: whereRegistry(key), data }));
    });
  },
};
