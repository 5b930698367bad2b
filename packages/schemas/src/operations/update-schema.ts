import { checkContent } from "../content.ts";
import { onSchema } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeSchema } from "../shapes.ts";
import { findSchema, findVersion, schemaKey, whereSchema } from "../store.ts";

/**
 * Content or type that differ from the newest version's make a new version.
 * https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html
 */
export const updateSchema: SchemasOperation<"UpdateSchema"> = {
  iam: onSchema("schemas:UpdateSchema"),
  run(resources, ctx, input) {
    const { db, clock, lock } = resources;
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    return lock.run(key.registryName, async () => {
      const row = await findSchema(resources, key);
      const newest = await findVersion(resources, key, undefined);
      const type = input.Type ?? newest.type;
      const content = input.Content ?? newest.content;
      checkContent(type, content);
      const isNew = content !== newest.content || type !== newest.type;
      const now = clock.now();
      const data = {
        type,
        description: input.Description ?? row.description,
        lastModifiedMs: now,
        lastVersion: row.lastVersion + (isNew ? 1 : 0),
      };
      const version = isNew ? { ...key, version: data.lastVersion, type, createdAtMs: now, content } : newest;
      await db.transaction((models) => [
        models.eventSchema.update({ where: whereSchema(key), data }),
        ...(isNew ? [models.eventSchemaVersion.create({ data: version })] : []),
      ]);
      return shapeSchema({ ...row, ...data }, version);
    });
  },
};
