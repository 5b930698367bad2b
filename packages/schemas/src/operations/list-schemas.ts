import { onRegistry } from "../iam-rules.ts";
import { pageOf } from "../paging.ts";
import type { SchemaRow, SchemasOperation } from "../resources.ts";
import { findRegistry, registryKey, schemaArn } from "../store.ts";
import { parseTags } from "../tags.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas.html */
export const listSchemas: SchemasOperation<"ListSchemas"> = {
  iam: onRegistry("schemas:ListSchemas"),
  async run(resources, ctx, input) {
    const { db } = resources;
    const key = registryKey(ctx, input.RegistryName);
    await findRegistry(resources, key);
    const startsWith = input.SchemaNamePrefix ?? "";
    const { items, ...next } = await pageOf<SchemaRow & { readonly versionCount: number }>(
      "ListSchemas",
      input,
      ({ schemaName }) => schemaName,
      async (after, take) => {
        const rows = await db.models.eventSchema.findMany({
          where: { ...key, schemaName: { startsWith, ...(after !== undefined && { gt: after }) } },
          orderBy: { schemaName: "asc" },
          take,
        });
        const counts = await db.models.eventSchemaVersion.groupBy({
          by: ["schemaName"],
          where: { ...key, schemaName: { in: rows.map(({ schemaName }) => schemaName) } },
          _count: true,
        });
        const countOf = new Map(counts.map(({ schemaName, _count }) => [schemaName, _count]));
        return rows.map((row) => ({ ...row, versionCount: countOf.get(row.schemaName) ?? 0 }));
      },
    );
    const Schemas = items.map((row) => ({
      LastModified: new Date(row.lastModifiedMs),
      SchemaArn: schemaArn(row),
      SchemaName: row.schemaName,
      Tags: parseTags(row.tags),
      VersionCount: row.versionCount,
    }));
    return { Schemas, ...next };
  },
};
