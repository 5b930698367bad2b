import { onRegistry } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { shapeRegistry } from "../shapes.ts";
import { findRegistry, registryKey } from "../store.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html */
export const describeRegistry: SchemasOperation<"DescribeRegistry"> = {
  iam: onRegistry("schemas:DescribeRegistry"),
  run: async (resources, ctx, input) => shapeRegistry(await findRegistry(resources, registryKey(ctx, input.RegistryName))),
};
