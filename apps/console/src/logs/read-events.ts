import type { InputOf } from "@mayfly/kernel";
import { send } from "../api/send.ts";

/** A line of a log. */
export interface LogEvent {
  /** Unique within its group. */
  readonly id: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly logStreamName: string;
}

/** Which lines are wanted. Times are epoch milliseconds. */
export interface EventsQuery {
  readonly logGroupName: string;
  /** Of one stream only. */
  readonly logStreamName?: string | undefined;
  readonly filterPattern?: string | undefined;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
}

/** No more lines than these are read for one look at a log. */
export const mostEvents = 100_000;

/**
 * Reads the lines, a page at a time, oldest first.
 * @param onPage called with the lines of each page
 * @returns whether there are more than are read
 * @throws the error of a request
 */
export async function readEvents(query: EventsQuery, onPage: (events: readonly LogEvent[]) => void, signal: AbortSignal): Promise<boolean> {
  let nextToken: string | undefined;
  let count = 0;
  do {
    const page = await send("logs", "FilterLogEvents", inputOf(query, nextToken), signal);
    const events = (page.events ?? []).map((event) => ({
      id: event.eventId ?? "",
      timestamp: event.timestamp ?? 0,
      ingestionTime: event.ingestionTime ?? 0,
      message: event.message ?? "",
      logStreamName: event.logStreamName ?? "",
    }));
    count += events.length;
    onPage(events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && count < mostEvents);
  return nextToken !== undefined;
}

function inputOf(query: EventsQuery, nextToken: string | undefined): InputOf<"logs", "FilterLogEvents"> {
  const { logGroupName, logStreamName, filterPattern, startTime, endTime } = query;
  return {
    logGroupName,
    ...(logStreamName !== undefined && { logStreamNames: [logStreamName] }),
    ...(filterPattern && { filterPattern }),
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    ...(nextToken && { nextToken }),
  };
}
