export { createSchemas } from "./service.ts";
export type { SchemasGiven } from "./resources.ts";
