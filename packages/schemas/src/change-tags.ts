import type { RequestContext } from "@mayfly/kernel";
import type { SchemasResources } from "./resources.ts";
import { findRegistry, findSchema, keyOfArn, whereRegistry, whereSchema } from "./store.ts";
import { parseTags, type Tags } from "./tags.ts";

/** The tags of what an ARN names. @throws Fault BadRequestException, NotFoundException */
export async function readTags(resources: SchemasResources, ctx: RequestContext, arn: string): Promise<Record<string, string>> {
  const key = keyOfArn(ctx, arn);
  const { tags } = "schemaName" in key ? await findSchema(resources, key) : await findRegistry(resources, key);
  return parseTags(tags);
}

/** Changes the tags of what an ARN names. @throws Fault BadRequestException, NotFoundException */
export function changeTags(
  resources: SchemasResources,
  ctx: RequestContext,
  arn: string,
  change: (current: Tags) => Tags,
): Promise<Record<never, never>> {
  const { models } = resources.db;
  const key = keyOfArn(ctx, arn);
  return resources.lock.run(key.registryName, async () => {
    const data = { tags: JSON.stringify(change(await readTags(resources, ctx, arn))) };
    if ("schemaName" in key) await models.eventSchema.update({ where: whereSchema(key), data });
    else await models.schemaRegistry.update({ where: whereRegistry(key), data });
    return {};
  });
}
