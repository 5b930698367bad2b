import { onSchema } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeSchema } from "../shapes.ts";
import { findSchema, findVersion, schemaKey } from "../store.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html */
export const describeSchema: SchemasOperation<"DescribeSchema"> = {
  iam: onSchema("schemas:DescribeSchema"),
  async run(resources, ctx, input) {
    const key = schemaKey(ctx, input.RegistryName, input.SchemaName);
    const row = await findSchema(resources, key);
    const version = await findVersion(resources, key, input.SchemaVersion);
    return { ...shapeSchema(row, version), Content: version.content };
  },
};
