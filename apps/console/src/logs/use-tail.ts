import { useEffect, useState } from "react";
import { followLogs, type TailQuery } from "./follow-logs.ts";
import type { LogEvent } from "./read-events.ts";

/** Lines as they come. */
export interface Tail {
  readonly events: readonly LogEvent[];
  readonly error: unknown;
  /** Lines that came while following, dropped ones too. */
  readonly count: number;
  /** In some second there were more lines than a session tells of. */
  readonly isSampled: boolean;
}

/** Lines that are kept; older ones go. */
const mostKept = 5_000;

const none: Tail = { events: [], error: undefined, count: 0, isSampled: false };

/** Follows logs while `query` is given: each line once, within a second or so. */
export function useTail(query: TailQuery | undefined): Tail {
  const [tail, setTail] = useState(none);
  const key = query && JSON.stringify(query);
  useEffect(() => {
    if (key === undefined) return undefined;
    const abort = new AbortController();
    setTail(none);
    void followLogs(JSON.parse(key) as TailQuery, abort.signal, {
      onEvents: (events, isSampled) => setTail((now) => withFresh(now, events, isSampled)),
      onError: (error) => setTail((now) => ({ ...now, error })),
    });
    return () => abort.abort();
  }, [key]);
  return tail;
}

function withFresh(now: Tail, fresh: readonly LogEvent[], isSampled: boolean): Tail {
  if (fresh.length === 0 && now.error === undefined) return now;
  return {
    events: [...now.events, ...fresh].slice(-mostKept),
    error: undefined,
    count: now.count + fresh.length,
    isSampled: now.isSampled || isSampled,
  };
}
