import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { useCurrentFunction } from "../function-context.ts";
import { isSettling, mappedName } from "./trigger.ts";

/** Mappings that are on their way are asked for this often. Milliseconds. */
const settlingEveryMs = 500;

/** The event source mappings of what the page shows. */
export function useTriggers(): UseQueryResult<EventSourceMappingConfiguration[]> {
  const FunctionName = mappedName(useCurrentFunction());
  return useAwsAll("lambda", "ListEventSourceMappings", { FunctionName }, paging.ListEventSourceMappings, {
    refetchInterval: ({ state }) => (state.data?.some(isSettling) ? settlingEveryMs : false),
  });
}
