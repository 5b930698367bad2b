import { registryArn, schemaArn } from "./store.ts";
import type { RegistryRow, SchemaRow, VersionRow } from "./resources.ts";
import { parseTags } from "./tags.ts";

/** A registry as the operations answer it. */
export const shapeRegistry = (row: RegistryRow) => ({
  ...(row.description !== null && { Description: row.description }),
  RegistryArn: registryArn(row),
  RegistryName: row.registryName,
  Tags: parseTags(row.tags),
});

/** A schema and one of its versions as the operations answer them, without the content. */
export const shapeSchema = (row: SchemaRow, version: VersionRow) => ({
  ...(row.description !== null && { Description: row.description }),
  LastModified: new Date(row.lastModifiedMs),
  SchemaArn: schemaArn(row),
  SchemaName: row.schemaName,
  SchemaVersion: String(version.version),
  Tags: parseTags(row.tags),
  Type: version.type,
  VersionCreatedDate: new Date(version.createdAtMs),
});
