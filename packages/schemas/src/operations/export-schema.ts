import { badRequest } from "../faults.ts";
import { onSchema } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { findSchema, findVersion, schemaArn, schemaKey } from "../store.ts";

/** A schema in its own type; others are not derived. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname-export.html */
export const exportSchema: SchemasOperation<"ExportSchema"> = {
  iam: onSchema("schemas:ExportSchema"),
  async run(resources, ctx, input) {
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    const row = await findSchema(resources, key);
    const { version, type, content } = await findVersion(resources, key, input.SchemaVersion);
    if (type !== input.Type) throw badRequest(`The schema is of type ${type} and cannot be exported as ${input.Type}.`);
    return { Content: content, SchemaArn: schemaArn(row), SchemaName: row.schemaName, SchemaVersion: String(version), Type: type };
  },
};
