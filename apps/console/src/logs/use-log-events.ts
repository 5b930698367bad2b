import { useCallback, useEffect, useState } from "react";
import { readEvents, type EventsQuery, type LogEvent } from "./read-events.ts";

/** Lines that were read so far. */
export interface LogEventsState {
  readonly events: readonly LogEvent[];
  readonly isLoading: boolean;
  /** There are more than are read at once. */
  readonly isCutShort: boolean;
  readonly error: unknown;
  readonly refresh: () => void;
}

const nothing = { events: [], isLoading: true, isCutShort: false, error: undefined } as const;

/** Reads a log's lines in the background, page by page; those at hand are shown meanwhile. */
export function useLogEvents(query: EventsQuery): LogEventsState {
  const [state, setState] = useState<Omit<LogEventsState, "refresh">>(nothing);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(query);
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...nothing, events: round > 0 ? before.events : [] }));
    let read: LogEvent[] = [];
    readEvents(
      JSON.parse(key) as EventsQuery,
      (page) => {
        read = [...read, ...page];
        if (!abort.signal.aborted) setState({ ...nothing, events: read });
      },
      abort.signal,
    )
      .then((isCutShort) => setState({ events: read, isLoading: false, isCutShort, error: undefined }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ events: read, isLoading: false, isCutShort: false, error });
      });
    return () => abort.abort();
  }, [key, round]);
  return { ...state, refresh: useCallback(() => setRound((count) => count + 1), []) };
}
