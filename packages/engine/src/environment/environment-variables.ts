import type { EnvironmentCredentials, FunctionTarget, InitializationType } from "../types.ts";

/** Ports inside a sandbox. */
export const runtimeApiPort = 9001;
export const awsEndpointPort = 4566;

const commonVariables: Readonly<Record<string, string>> = {
  PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
  LD_LIBRARY_PATH: "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
  LANG: "en_US.UTF-8",
  TZ: ":UTC",
};

const languagePaths: Readonly<Record<string, (runtime: string) => Readonly<Record<string, string>>>> = {
  nodejs: (runtime) => ({
    NODE_PATH: `/opt/nodejs/${runtime.replace("nodejs", "node").replace(".x", "")}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`,
  }),
  python: () => ({ PYTHONPATH: "/var/runtime" }),
};

/** What external extensions don't get of it. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html ("Using environment variables") */
export const runtimeOnlyVariables: readonly string[] = [
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_XRAY_CONTEXT_MISSING",
  "AWS_XRAY_DAEMON_ADDRESS",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
  "_HANDLER",
];

/** The environment of a process that waits for its function: what every function's has, and nothing of anybody's. */
export const waitingVariables = (language: string): Record<string, string> => ({
  ...commonVariables,
  ...(language === "python" ? { PYTHONPATH: "/var/runtime" } : {}),
  AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${runtimeApiPort}`,
  LAMBDA_TASK_ROOT: "/var/task",
});

/**
 * The whole environment of a function's process. The function's own variables win over those that AWS lets it set; the reserved ones win over it.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(
  target: FunctionTarget,
  language: string,
  logStreamName: string,
  credentials: EnvironmentCredentials,
  initializationType: InitializationType,
): Record<string, string> {
  return {
    ...commonVariables,
    ...languagePaths[language]?.(target.runtime),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${awsEndpointPort}`,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...target.environment,
    ...(target.logFormat === "JSON" ? { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: target.applicationLogLevel } : {}),
    AWS_LAMBDA_FUNCTION_NAME: target.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: target.functionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memorySizeMb),
    AWS_LAMBDA_LOG_GROUP_NAME: target.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_INITIALIZATION_TYPE: initializationType,
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${runtimeApiPort}`,
    AWS_REGION: target.region,
    AWS_DEFAULT_REGION: target.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // Custom runtimes have none on AWS.
    ...(language === "provided" ? {} : { AWS_EXECUTION_ENV: `AWS_Lambda_${target.runtime}` }),
    AWS_XRAY_DAEMON_ADDRESS: "169.254.100.1:2000",
    _HANDLER: target.handler,
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
  };
}
