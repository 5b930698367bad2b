import type { FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { send } from "../../../api/send.ts";
import type { Answer } from "../../../shared/answer.ts";
import { useCurrentFunction } from "../function-context.ts";

/** What is set for asynchronous invocations of what the page shows; null: nothing is. */
export function useEventInvokeConfig(): Answer<FunctionEventInvokeConfig | null> {
  const { functionName, qualifier = "$LATEST" } = useCurrentFunction();
  // The list, as the single one's answer is an error where nothing is set.
  const input = { FunctionName: functionName };
  const { data, error, refetch } = useAwsAll("lambda", "ListFunctionEventInvokeConfigs", input, paging.ListFunctionEventInvokeConfigs);
  const config = data?.find(({ FunctionArn = "" }) => FunctionArn.split(":").at(-1) === qualifier) ?? null;
  return { data: data && config, error, refetch };
}

/** A part of the settings. */
export type ConfigChange = Pick<FunctionEventInvokeConfig, "MaximumEventAgeInSeconds" | "MaximumRetryAttempts" | "DestinationConfig">;

/** Changes some settings; the others stay. @param isSet whether any are set already */
export async function changeEventInvokeConfig(
  functionName: string,
  qualifier: string | undefined,
  isSet: boolean,
  change: ConfigChange,
): Promise<void> {
  const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }), ...change };
  if (isSet) await send("lambda", "UpdateFunctionEventInvokeConfig", input);
  else await send("lambda", "PutFunctionEventInvokeConfig", input);
}

/** The aws CLI's name of what `changeEventInvokeConfig` does. */
export const changeCommand = (isSet: boolean): string =>
  isSet ? "update-function-event-invoke-config" : "put-function-event-invoke-config";

/** When an event goes to a destination. */
export type DestinationCondition = "OnFailure" | "OnSuccess";

/** A destination that is set. */
export interface Destination {
  readonly condition: DestinationCondition;
  /** ARN. */
  readonly arn: string;
}

/** What is said of each condition. */
export const conditionTexts: Readonly<Record<DestinationCondition, string>> = { OnFailure: "On failure", OnSuccess: "On success" };

/** The destinations that are set. */
export function destinationsOf(config: FunctionEventInvokeConfig | null | undefined): Destination[] {
  const { OnFailure, OnSuccess } = config?.DestinationConfig ?? {};
  const all = [
    { condition: "OnFailure" as const, arn: OnFailure?.Destination },
    { condition: "OnSuccess" as const, arn: OnSuccess?.Destination },
  ];
  return all.flatMap(({ condition, arn }) => (arn ? [{ condition, arn }] : []));
}

/** `orders`, `orders:live` of a function's ARN; a queue's name of its own. */
export const shortNameOf = (arn: string): string =>
  arn
    .split(":")
    .slice(arn.split(":")[2] === "lambda" ? 6 : 5)
    .join(":");
