/** Each service's SDK client, loaded at its first use. */
export const sdkModules = {
  lambda: () => import("./services/lambda.ts"),
  iam: () => import("./services/iam.ts"),
  logs: () => import("./services/logs.ts"),
  s3: () => import("./services/s3.ts"),
  schemas: () => import("./services/schemas.ts"),
  sns: () => import("./services/sns.ts"),
  sqs: () => import("./services/sqs.ts"),
};

/** A service that the console asks through an SDK's client. */
export type SdkService = keyof typeof sdkModules;
