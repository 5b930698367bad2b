import { onSchema } from "../iam-rules.ts";
import { pageOf } from "../paging.ts";
import type { SchemasOperation, VersionRow } from "../resources.ts";
import { findSchema, schemaArn, schemaKey } from "../store.ts";

/** Newest first. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname-versions.html */
export const listSchemaVersions: SchemasOperation<"ListSchemaVersions"> = {
  iam: onSchema("schemas:ListSchemaVersions"),
  async run(resources, ctx, input) {
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    const row = await findSchema(resources, key);
    const { items, ...next } = await pageOf<VersionRow>(
      "ListSchemaVersions",
      input,
      ({ version }) => String(version),
      (after, take) =>
        resources.db.models.eventSchemaVersion.findMany({
          where: { ...key, ...(after !== undefined && { version: { lt: Number(after) } }) },
          orderBy: { version: "desc" },
          take,
        }),
    );
    const SchemaVersions = items.map(({ version, type }) => ({
      SchemaArn: schemaArn(row),
      SchemaName: row.schemaName,
      SchemaVersion: String(version),
      Type: type as "OpenApi3" | "JSONSchemaDraft4",
    }));
    return { SchemaVersions, ...next };
  },
};
