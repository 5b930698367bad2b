import type { AliasConfiguration, FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";

/** A function's published versions, newest first. `enabled` false: not yet. */
export function useVersions(functionName: string, enabled = true): UseQueryResult<FunctionConfiguration[]> {
  return useAwsAll("lambda", "ListVersionsByFunction", { FunctionName: functionName }, paging.ListVersionsByFunction, {
    enabled,
    select: (versions) => versions.filter(({ Version }) => Version !== "$LATEST").toReversed(),
  });
}

/** A function's aliases, by name. */
export function useAliases(functionName: string, enabled = true): UseQueryResult<AliasConfiguration[]> {
  return useAwsAll("lambda", "ListAliases", { FunctionName: functionName }, paging.ListAliases, { enabled });
}
