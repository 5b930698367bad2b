import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { policyOrNone } from "../../policies/policy-or-none.ts";
import { useCurrentFunction } from "./function-context.ts";

/** The resource-based policy of the function, or of the version or alias that is shown; null: there is none. */
export function useFunctionPolicy(enabled = true): UseQueryResult<string | null> {
  const { functionName, qualifier } = useCurrentFunction();
  const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  const queryKey = keyOf("lambda", "GetPolicy", input);
  return useQuery({ queryKey, queryFn: ({ signal }) => policyOrNone(send("lambda", "GetPolicy", input, signal)), enabled });
}
