import { formatArn, type ConditionKeys, type IamRule } from "@mayfly/kernel";
import type { SchemasResources } from "./resources.ts";
import { keyOfArn, registryArn, registryKey, schemaArn, schemaKey, whereRegistry, whereSchema } from "./store.ts";
import { parseTags, resourceTagKeys } from "./tags.ts";

type Rule<Input> = IamRule<SchemasResources, Input>;

interface NamesRegistry {
  RegistryName: string | undefined;
}
interface NamesSchema extends NamesRegistry {
  SchemaName: string | undefined;
}
interface NamesArn {
  ResourceArn: string | undefined;
}

const noMoreKeys = (): ConditionKeys => ({});

/** The rule of an operation on a registry. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgeschemas.html */
export const onRegistry = <Input extends NamesRegistry>(
  action: `schemas:${string}`,
  moreKeys: (input: Input) => ConditionKeys = noMoreKeys,
): Rule<Input> => ({
  action,
  resource: (ctx, input) => registryArn(registryKey(ctx, (input as Input).RegistryName)),
  conditionKeys: async (ctx, input, resources) => ({
    ...(await tagsOf(resources, registryKey(ctx, (input as Input).RegistryName))),
    ...moreKeys(input),
  }),
});

/** The rule of an operation on a schema. */
export const onSchema = <Input extends NamesSchema>(
  action: `schemas:${string}`,
  moreKeys: (input: Input) => ConditionKeys = noMoreKeys,
): Rule<Input> => ({
  action,
  resource: (ctx, input) => schemaArn(schemaKey(ctx, (input as Input).RegistryName, (input as Input).SchemaName)),
  conditionKeys: async (ctx, input, resources) => ({
    ...(await tagsOf(resources, schemaKey(ctx, (input as Input).RegistryName, (input as Input).SchemaName))),
    ...moreKeys(input),
  }),
});

/** The rule of an operation on whatever an ARN names. */
export const onArn = <Input extends NamesArn>(
  action: `schemas:${string}`,
  moreKeys: (input: Input) => ConditionKeys = noMoreKeys,
): Rule<Input> => ({
  action,
  resource: (_ctx, input) => (input as Input).ResourceArn ?? "",
  conditionKeys: async (ctx, input, resources) => ({
    ...(await tagsOf(resources, keyOfArn(ctx, (input as Input).ResourceArn ?? ""))),
    ...moreKeys(input),
  }),
});

/** The rule of an operation over all registries. */
export const onAllRegistries = <Input>(action: `schemas:${string}`): Rule<Input> => ({
  action,
  resource: ({ region, accountId }) => formatArn({ service: "schemas", region, accountId, resource: "registry/*" }),
  conditionKeys: noMoreKeys,
});

async function tagsOf({ db }: SchemasResources, key: ReturnType<typeof keyOfArn>): Promise<ConditionKeys> {
  const row =
    "schemaName" in key
      ? await db.models.eventSchema.findUnique({ where: whereSchema(key), select: { tags: true } })
      : await db.models.schemaRegistry.findUnique({ where: whereRegistry(key), select: { tags: true } });
  return row === null ? {} : resourceTagKeys(parseTags(row.tags));
}
