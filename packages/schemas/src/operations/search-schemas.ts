import { badRequest } from "../faults.ts";
import { onRegistry } from "../iam-rules.ts";
import { pageOf } from "../paging.ts";
import type { SchemasOperation } from "../resources.ts";
import { findRegistry, registryKey, schemaArn } from "../store.ts";

/** Schemas whose name or content holds every keyword. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-search.html */
export const searchSchemas: SchemasOperation<"SearchSchemas"> = {
  iam: onRegistry("schemas:SearchSchemas"),
  async run(resources, ctx, input) {
    const key = registryKey(ctx, input.RegistryName);
    const keywords = input.Keywords.split(/\s+/).filter((word) => word !== "");
    if (keywords.length === 0) throw badRequest("Keywords must not be empty.");
    await findRegistry(resources, key);
    const { items, ...next } = await pageOf<string>(
      "SearchSchemas",
      input,
      (schemaName) => schemaName,
      async (after, take) => {
        const found = await resources.db.models.eventSchemaVersion.findMany({
          where: {
            ...key,
            ...(after !== undefined && { schemaName: { gt: after } }),
            AND: keywords.map((word) => ({ OR: [{ schemaName: { contains: word } }, { content: { contains: word } }] })),
          },
          distinct: ["schemaName"],
          select: { schemaName: true },
          orderBy: { schemaName: "asc" },
          take,
        });
        return found.map(({ schemaName }) => schemaName);
      },
    );
    const versions = await resources.db.models.eventSchemaVersion.findMany({
      where: { ...key, schemaName: { in: [...items] } },
      orderBy: { version: "desc" },
      select: { schemaName: true, version: true, type: true, createdAtMs: true },
    });
    const Schemas = items.map((SchemaName) => ({
      RegistryName: key.registryName,
      SchemaArn: schemaArn({ ...key, schemaName: SchemaName }),
      SchemaName,
      SchemaVersions: versions
        .filter(({ schemaName }) => schemaName === SchemaName)
        .map(({ version, type, createdAtMs }) => ({
          CreatedDate: new Date(createdAtMs),
          SchemaVersion: String(version),
          Type: type as "OpenApi3" | "JSONSchemaDraft4",
        })),
    }));
    return { Schemas, ...next };
  },
};
