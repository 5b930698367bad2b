import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
const reservedKeys = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_METADATA_API",
  "AWS_LAMBDA_METADATA_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/** Environment: the function's own variables, replaced as a whole. */
export const environment: ConfigurationMember = {
  apply({ Environment }, _previous, { limits }) {
    if (Environment === undefined) return {};
    const Variables = Environment.Variables ?? {};
    const reserved = Object.keys(Variables).filter((key) => reservedKeys.has(key));
    if (reserved.length > 0) {
      throw invalidParameter(
        "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys " +
          `that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
      );
    }
    const measured = JSON.stringify(Variables);
    if (Buffer.byteLength(measured) > limits.environmentBytes) {
      throw invalidParameter(
        "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. " +
          `String measured: ${measured}`,
      );
    }
    return { Environment: { Variables } };
  },
};
