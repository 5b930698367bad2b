import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { invocationsOf, invocationsPattern, isStreamOf, type LoggedInvocation, type LoggedLine } from "./invocations.ts";

/** More lines than these are not read. */
export const mostLines = 50_000;

/** The invocations of a stretch of time. */
export interface Monitored {
  readonly startMs: number;
  readonly endMs: number;
  readonly invocations: readonly LoggedInvocation[];
  readonly isCutShort: boolean;
}

/** Reads from a function's log what it tells of the invocations of the last `rangeMs`. */
export async function readInvocations(
  functionName: string,
  logGroupName: string,
  rangeMs: number,
  signal: AbortSignal,
): Promise<Monitored> {
  const endMs = Date.now();
  const startMs = endMs - rangeMs;
  const lines: LoggedLine[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await send(
        "logs",
        "FilterLogEvents",
        { logGroupName, filterPattern: invocationsPattern, startTime: startMs, ...(nextToken && { nextToken }) },
        signal,
      );
      lines.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && lines.length < mostLines);
  } catch (error) {
    // A function that never ran has no log group.
    if (problemOf(error).kind !== "not-found") throw error;
  }
  const isOwn = logGroupName === `/aws/lambda/${functionName}`;
  const own = isOwn ? lines : lines.filter(({ logStreamName = "" }) => isStreamOf(functionName, logStreamName));
  return { startMs, endMs, invocations: invocationsOf(own), isCutShort: nextToken !== undefined };
}
