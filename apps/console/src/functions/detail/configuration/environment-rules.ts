import type { Pair } from "./pairs.ts";

const keyRule = /^[A-Za-z]\w+$/;

/** Names that the runtime sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

/** What is wrong with an environment variable's key; undefined if nothing is. */
export function variableKeyProblem({ key }: Pair, index: number, all: readonly Pair[]): string | undefined {
  if (!keyRule.test(key)) return "A key has at least two characters, begins with a letter, and holds letters, numbers and underscores.";
  if (reserved.has(key)) return `${key} is reserved: Lambda sets it itself.`;
  return all.findIndex((pair) => pair.key === key) < index ? "There is a variable of this key already." : undefined;
}

/** What the variables take of Lambda's 4 KB. */
export const variablesBytes = (variables: Readonly<Record<string, string>>): number =>
  new TextEncoder().encode(JSON.stringify(variables)).length;
