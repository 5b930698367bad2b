export type { CodeDownload, CodeDownloadRequest } from "./code/code-download.ts";
export { codePathPrefix } from "./code/code-url.ts";
export type { RuntimeDeprecation } from "./configuration/runtime-policy.ts";
export { executionRoleCredentials, type RoleResources } from "./execution-role.ts";
export { createLambda, type Lambda } from "./lambda.ts";
export { defaultLimits, type LambdaLimits } from "./limits.ts";
export { createLogDelivery, type LogDelivery, type LogDeliveryOptions } from "./log-delivery.ts";
export type { LambdaResources } from "./resources.ts";
