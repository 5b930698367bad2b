import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { readInvocations } from "../monitor/read-invocations.ts";
import { countByVersion } from "./count-by-version.ts";

/** Invocations of this long are counted. Milliseconds. */
const measuredMs = 3_600_000;
/** While they are looked at, they are counted anew this often. Milliseconds. */
const renewEveryMs = 10_000;

/** How often each version of a function ran in the last hour, whoever called it and by whatever name. */
export function useMeasuredTraffic(functionName: string, logGroupName: string): UseQueryResult<ReadonlyMap<string, number>> {
  return useQuery({
    queryKey: ["traffic", functionName, logGroupName],
    queryFn: async ({ signal }) => countByVersion((await readInvocations(functionName, logGroupName, measuredMs, signal)).invocations),
    refetchInterval: renewEveryMs,
    structuralSharing: false,
  });
}
