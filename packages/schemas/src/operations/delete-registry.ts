import { conflict } from "../faults.ts";
import { onRegistry } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { findRegistry, registryKey, whereRegistry } from "../store.ts";

/** Refuses a registry that still has schemas. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html */
export const deleteRegistry: SchemasOperation<"DeleteRegistry"> = {
  iam: onRegistry("schemas:DeleteRegistry"),
  run(resources, ctx, input) {
    const key = registryKey(ctx, input.RegistryName);
    return resources.lock.run(key.registryName, async () => {
      await findRegistry(resources, key);
      if ((await resources.db.models.eventSchema.count({ where: key })) > 0)
        throw conflict(`Registry with name ${key.registryName} still has schemas: delete them first.`);
      await resources.db.models.schemaRegistry.delete({ where: whereRegistry(key) });
      return {};
    });
  },
};
