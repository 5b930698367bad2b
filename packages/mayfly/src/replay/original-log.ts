import { isFault, type RequestContext } from "@mayfly/kernel";
import { mayflyLimits as limits } from "../limits.ts";
import type { KeptRow } from "./kept-row.ts";

/**
 * The end of what an invocation logged, read as the caller. An environment runs one invocation at a time: its lines lie between the first and the last one
 * that names it.
 * @returns undefined if the lines are gone
 * @throws AccessDenied if the caller may not read the log
 */
export async function originalLog(ctx: RequestContext, row: Omit<KeptRow, "event" | "response">): Promise<string | undefined> {
  const { logGroupName, logStreamName, requestId } = row;
  try {
    const { events = [] } = await ctx.call("logs", "GetLogEvents", {
      logGroupName,
      logStreamName,
      startTime: Math.floor(row.invokedAtMs) - 1,
      // Lines are written a little after they were said, but with the time at which they were.
      endTime: Math.ceil(row.invokedAtMs + row.durationMs) + limits.keptLogSlackMs,
      startFromHead: true,
    });
    const lines = events.map(({ message = "" }) => message);
    const first = lines.findIndex((line) => line.includes(requestId));
    const last = lines.findLastIndex((line) => line.includes(requestId));
    if (first < 0) return undefined;
    const text = lines
      .slice(first, last + 1)
      .map((line) => (line.endsWith("\n") ? line : `${line}\n`))
      .join("");
    return Buffer.from(text).subarray(-limits.keptLogBytes).toString("utf8");
  } catch (error) {
    if (isFault(error, "ResourceNotFoundException")) return undefined;
    throw error;
  }
}
