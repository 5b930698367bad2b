import { conflict } from "../faults.ts";
import { onRegistry } from "../iam-rules.ts";
import { checkRegistryName } from "../names.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeRegistry } from "../shapes.ts";
import { registryKey, whereRegistry } from "../store.ts";
import { requestTagKeys, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html */
export const createRegistry: SchemasOperation<"CreateRegistry"> = {
  iam: onRegistry("schemas:CreateRegistry", ({ Tags }) => requestTagKeys(Tags)),
  run({ db, lock }, ctx, input) {
    const key = registryKey(ctx, input.RegistryName);
    checkRegistryName(key.registryName);
    const tags = JSON.stringify(withTags({}, input.Tags));
    return lock.run(key.registryName, async () => {
      const existing = await db.models.schemaRegistry.findUnique({ where: whereRegistry(key) });
      if (existing !== null) throw conflict(`Registry with name ${key.registryName} already exists.`);
      return shapeRegistry(await db.models.schemaRegistry.create({ data: { ...key, description: input.Description ?? null, tags } }));
    });
  },
};
