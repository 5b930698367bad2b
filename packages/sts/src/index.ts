export type { RoleRecord, StsDirectory, StsResources } from "./resources.ts";
export { createSts } from "./service.ts";
