import { useEffect, useState } from "react";
import { problemOf } from "../api/problem.ts";
import { readEvents, type LogEvent } from "./read-events.ts";

/** What is followed. */
export interface TailQuery {
  readonly groups: readonly string[];
  readonly streamPrefix?: string;
  readonly filterPattern?: string;
  /** Lines from this moment on; epoch milliseconds. */
  readonly fromMs: number;
}

/** Lines as they come. */
export interface Tail {
  readonly events: readonly LogEvent[];
  readonly error: unknown;
  /** Lines that came while following, dropped ones too. */
  readonly count: number;
}

/** Lines that are kept; older ones go. */
const mostKept = 5_000;
/** How long to wait before looking for further lines. Milliseconds. */
const lookEveryMs = 300;
/** The same while it fails. Milliseconds. */
const longestWaitMs = 5_000;
/** Lines may be written a little after their own time. Milliseconds. */
const latenessMs = 5_000;

/** Follows logs while `query` is given: each line once, within a second. */
export function useTail(query: TailQuery | undefined): Tail {
  const [tail, setTail] = useState<Tail>({ events: [], error: undefined, count: 0 });
  const key = query && JSON.stringify(query);
  useEffect(() => {
    if (key === undefined) return undefined;
    const abort = new AbortController();
    setTail({ events: [], error: undefined, count: 0 });
    void followLogs(JSON.parse(key) as TailQuery, abort.signal, setTail);
    return () => abort.abort();
  }, [key]);
  return tail;
}

async function followLogs(query: TailQuery, signal: AbortSignal, setTail: (change: (now: Tail) => Tail) => void): Promise<void> {
  const seen = new Map<string, number>();
  let fromMs = query.fromMs;
  let waitMs = lookEveryMs;
  while (!signal.aborted) {
    const found: LogEvent[] = [];
    try {
      const readOne = (logGroupName: string): Promise<void> => readGroup(logGroupName, query, fromMs, signal, found);
      await Promise.all(query.groups.map(readOne));
      const fresh = found.filter(({ id }) => !seen.has(id)).sort((a, b) => a.timestamp - b.timestamp);
      for (const { id, timestamp } of fresh) seen.set(id, timestamp);
      const newestMs = Math.max(fromMs, ...found.map(({ timestamp }) => timestamp));
      fromMs = Math.max(query.fromMs, newestMs - latenessMs);
      // What lies before the stretch that is looked at again can't come twice.
      for (const [id, timestamp] of seen) if (timestamp < fromMs) seen.delete(id);
      waitMs = lookEveryMs;
      if (!signal.aborted) setTail((now) => withFresh(now, fresh));
    } catch (error) {
      waitMs = Math.min(waitMs * 2, longestWaitMs);
      if (!signal.aborted) setTail((now) => ({ ...now, error }));
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

function withFresh(now: Tail, fresh: readonly LogEvent[]): Tail {
  if (fresh.length === 0 && now.error === undefined) return now;
  return { events: [...now.events, ...fresh].slice(-mostKept), error: undefined, count: now.count + fresh.length };
}

async function readGroup(logGroupName: string, query: TailQuery, startTime: number, signal: AbortSignal, found: LogEvent[]): Promise<void> {
  const { filterPattern, streamPrefix = "" } = query;
  try {
    await readEvents(
      { logGroupName, filterPattern, startTime },
      (page) => found.push(...page.filter((event) => event.logStreamName.startsWith(streamPrefix))),
      signal,
    );
  } catch (error) {
    // A function's group is made when it first logs.
    if (problemOf(error).kind !== "not-found") throw error;
  }
}
