import type { FunctionTarget } from "../types.ts";

/**
 * One log stream an environment: `YYYY/MM/DD/[VERSION]32hex`, and `YYYY/MM/DD/NAME[VERSION]32hex` in a log group
 * that is not the function's own. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export function logStreamName(at: Date, { functionName, functionVersion, logGroupName }: FunctionTarget, id: string): string {
  const owner = logGroupName === `/aws/lambda/${functionName}` ? "" : functionName;
  return `${at.toISOString().slice(0, 10).replaceAll("-", "/")}/${owner}[${functionVersion}]${id}`;
}
