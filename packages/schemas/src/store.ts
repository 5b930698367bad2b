import type { RequestContext } from "@mayfly/kernel";
import { formatArn, parseArn } from "@mayfly/kernel";
import { badRequest, notFound } from "./faults.ts";
import type { RegistryRow, SchemaRow, SchemasResources, VersionRow } from "./resources.ts";

/** An account's place in a region. */
export type Scope = Pick<RequestContext, "accountId" | "region">;

/** Names a registry. */
export interface RegistryKey extends Scope {
  readonly registryName: string;
}

/** Names a schema. */
export interface SchemaKey extends RegistryKey {
  readonly schemaName: string;
}

/** The registry that a request names. */
export const registryKey = ({ accountId, region }: Scope, registryName: string | undefined): RegistryKey => ({
  accountId,
  region,
  registryName: registryName ?? "",
});

/** The schema that a request names. */
export const schemaKey = (scope: Scope, registryName: string | undefined, schemaName: string | undefined): SchemaKey => ({
  ...registryKey(scope, registryName),
  schemaName: schemaName ?? "",
});

/** `arn:aws:schemas:REGION:ACCOUNT:registry/NAME` */
export const registryArn = ({ accountId, region, registryName }: RegistryKey): string =>
  formatArn({ service: "schemas", region, accountId, resource: `registry/${registryName}` });

/** `arn:aws:schemas:REGION:ACCOUNT:schema/REGISTRY/NAME` */
export const schemaArn = ({ accountId, region, registryName, schemaName }: SchemaKey): string =>
  formatArn({ service: "schemas", region, accountId, resource: `schema/${registryName}/${schemaName}` });

/** What an ARN of this service names. @throws Fault BadRequestException */
export function keyOfArn(ctx: Scope, text: string): RegistryKey | SchemaKey {
  const arn = parseArn(text);
  const [kind, registryName, schemaName, ...more] = arn?.resource.split("/") ?? [];
  const isOurs = arn?.service === "schemas" && arn.accountId === ctx.accountId && arn.region === ctx.region && more.length === 0;
  if (isOurs && kind === "registry" && registryName && schemaName === undefined) return registryKey(ctx, registryName);
  if (isOurs && kind === "schema" && registryName && schemaName) return schemaKey(ctx, registryName, schemaName);
  throw badRequest(`${text} is not the ARN of a registry or schema of this account and Region.`);
}

/** The unique key as Prisma has it. */
export const whereRegistry = ({ accountId, region, registryName }: RegistryKey) => ({
  accountId_region_registryName: { accountId, region, registryName },
});

/** The unique key as Prisma has it. */
export const whereSchema = ({ accountId, region, registryName, schemaName }: SchemaKey) => ({
  accountId_region_registryName_schemaName: { accountId, region, registryName, schemaName },
});

/** @throws Fault NotFoundException */
export async function findRegistry({ db }: SchemasResources, key: RegistryKey): Promise<RegistryRow> {
  const row = await db.models.schemaRegistry.findUnique({ where: whereRegistry(key) });
  if (row === null) throw notFound(`Registry with name ${key.registryName} does not exist.`);
  return row;
}

/** @throws Fault NotFoundException also if the registry is not there */
export async function findSchema(resources: SchemasResources, key: SchemaKey): Promise<SchemaRow> {
  await findRegistry(resources, key);
  const row = await resources.db.models.eventSchema.findUnique({ where: whereSchema(key) });
  if (row === null) throw notFound(`Schema with name ${key.schemaName} does not exist.`);
  return row;
}

/** A version by its number as text; the newest that is there without one. @throws Fault NotFoundException */
export async function findVersion({ db }: SchemasResources, key: SchemaKey, schemaVersion: string | undefined): Promise<VersionRow> {
  const { accountId, region, registryName, schemaName } = key;
  const row = await db.models.eventSchemaVersion.findFirst({
    where: { accountId, region, registryName, schemaName, ...(schemaVersion !== undefined && { version: numberOf(schemaVersion) }) },
    orderBy: { version: "desc" },
  });
  if (row === null) throw notFound(`Schema version ${schemaVersion ?? ""} of the schema with name ${schemaName} does not exist.`);
  return row;
}

/** No version has the number 0. */
const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);
