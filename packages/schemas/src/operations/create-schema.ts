import { checkContent } from "../content.ts";
import { conflict } from "../faults.ts";
import { onSchema } from "../iam-rules.ts";
import { checkSchemaName } from "../names.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeSchema } from "../shapes.ts";
import { findRegistry, schemaKey, whereSchema } from "../store.ts";
import { requestTagKeys, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html */
export const createSchema: SchemasOperation<"CreateSchema"> = {
  iam: onSchema("schemas:CreateSchema", ({ Tags }) => requestTagKeys(Tags)),
  run(resources, ctx, input) {
    const { db, clock, lock } = resources;
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    checkSchemaName(key.schemaName);
    checkContent(input.Type, input.Content);
    const tags = JSON.stringify(withTags({}, input.Tags));
    return lock.run(key.registryName, async () => {
      await findRegistry(resources, key);
      const existing = await db.models.eventSchema.findUnique({ where: whereSchema(key) });
      if (existing !== null) throw conflict(`Schema with name ${key.schemaName} already exists.`);
      const now = clock.now();
      const row = { ...key, type: input.Type, description: input.Description ?? null, tags, lastModifiedMs: now, lastVersion: 1 };
      const version = { ...key, version: 1, type: input.Type, createdAtMs: now, content: input.Content };
      await db.transaction((models) => [models.eventSchema.create({ data: row }), models.eventSchemaVersion.create({ data: version })]);
      return shapeSchema(row, version);
    });
  },
};
