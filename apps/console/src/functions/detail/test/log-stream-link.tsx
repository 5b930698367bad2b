import Box from "@cloudscape-design/components/box";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { paths } from "../../../app/paths.ts";
import { PageLink } from "../../../shared/page-link.tsx";
import type { TestRun } from "./test-runs.ts";

/** Lines are written to the log a moment after the answer: how often they are looked for, and how many times. */
const lookEveryMs = 250;
const mostLooks = 40;
/** The page's clock and the server's may differ by this much. Milliseconds. */
const clockLeewayMs = 60_000;

/** A link to where this run's lines are: its log stream, at this request. */
export function LogStreamLink({ run, logGroup }: { readonly run: TestRun; readonly logGroup: string }) {
  const stream = useQuery({
    queryKey: ["log-stream-of", logGroup, run.requestId],
    queryFn: ({ signal }) => findStream(logGroup, run, signal),
    refetchInterval: ({ state }) => (state.data || state.dataUpdateCount > mostLooks || run.status === "running" ? false : lookEveryMs),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!stream.data) return null;
  return (
    <Box variant="span" fontSize="body-m" fontWeight="normal">
      (<PageLink to={`${paths.logStream(logGroup, stream.data)}?requestId=${run.requestId ?? ""}`}>logs</PageLink>)
    </Box>
  );
}

async function findStream(logGroupName: string, { requestId, startedAt }: TestRun, signal: AbortSignal): Promise<string | null> {
  try {
    const { events } = await send(
      "logs",
      "FilterLogEvents",
      { logGroupName, filterPattern: `"${requestId}"`, startTime: startedAt.getTime() - clockLeewayMs, limit: 1 },
      signal,
    );
    return events?.[0]?.logStreamName ?? null;
  } catch (error) {
    // The group is made at the function's first lines.
    if (problemOf(error).kind === "not-found") return null;
    throw error;
  }
}
