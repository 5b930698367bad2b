export { createLogs, type Logs } from "./logs.ts";
export type { LogsResources } from "./resources.ts";
