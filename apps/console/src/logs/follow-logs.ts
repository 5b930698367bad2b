import type { InputOf } from "@mayfly/kernel";
import type { StartLiveTailResponseStream } from "@mayfly/wire/logs";
import { problemOf } from "../api/problem.ts";
import { currentRegion, send } from "../api/send.ts";
import { sessionStore } from "../session/session.ts";
import { readEvents, type LogEvent } from "./read-events.ts";

/** What is followed. */
export interface TailQuery {
  readonly groups: readonly string[];
  /** Of one group only. */
  readonly streamPrefix?: string;
  readonly filterPattern?: string;
  /** Lines from this moment on; epoch milliseconds. */
  readonly fromMs: number;
}

/** Who is told. */
export interface TailReader {
  /** Lines, each once. `isSampled`: there were more in that second. */
  readonly onEvents: (events: readonly LogEvent[], isSampled: boolean) => void;
  /** No session can be had at present; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** How long to wait before the next session is tried. Milliseconds. */
const firstWaitMs = 300;
/** The same while it fails. Milliseconds. */
const longestWaitMs = 5_000;
/** Lines may be written a little after their own time. Milliseconds. */
const latenessMs = 5_000;

/** Follows groups by Live Tail sessions, one after the other, until `signal` aborts: what is written between two is read when the next one begins. */
export async function followLogs(query: TailQuery, signal: AbortSignal, { onEvents, onError }: TailReader): Promise<void> {
  let waitMs = firstWaitMs;
  let { fromMs } = query;
  let recent: LogEvent[] = [];
  const onFresh = (events: readonly LogEvent[], isSampled: boolean): void => {
    waitMs = firstWaitMs;
    const newestMs = Math.max(fromMs, ...events.map(({ timestamp }) => timestamp));
    fromMs = Math.max(query.fromMs, newestMs - latenessMs);
    recent = [...recent, ...events].filter(({ timestamp }) => timestamp >= fromMs);
    if (!signal.aborted) onEvents(events, isSampled);
  };
  while (!signal.aborted) {
    await untilVisible(signal);
    const session = new AbortController();
    const onHidden = (): void => (document.hidden ? session.abort() : undefined);
    document.addEventListener("visibilitychange", onHidden);
    try {
      await followOnce({ ...query, fromMs }, AbortSignal.any([signal, session.signal]), recent, onFresh);
    } catch (error) {
      // A group that is not there may be made at any moment: a function's is, when it first logs.
      waitMs = problemOf(error).kind === "not-found" ? firstWaitMs : Math.min(waitMs * 2, longestWaitMs);
      if (!signal.aborted && !session.signal.aborted) onError(error);
    }
    document.removeEventListener("visibilitychange", onHidden);
    session.abort();
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** A session holds one of the six connections that a browser makes to a server, over all its tabs: those that nobody looks at go without. */
async function untilVisible(signal: AbortSignal): Promise<void> {
  while (document.hidden && !signal.aborted) {
    await new Promise<void>((resolve) => {
      document.addEventListener("visibilitychange", () => resolve(), { once: true });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}

/** One session, to its end. @throws the error of a request; a connection that breaks is an end like any other */
async function followOnce(
  query: TailQuery,
  signal: AbortSignal,
  shown: readonly LogEvent[],
  onFresh: TailReader["onEvents"],
): Promise<void> {
  const { responseStream } = await send("logs", "StartLiveTail", inputOf(query), signal);
  const missed = await readMissed(query, signal);
  onFresh(without(missed, countsOf(shown)), false);
  const overlap = countsOf(missed);
  try {
    for await (const { sessionUpdate } of responseStream ?? []) {
      if (sessionUpdate === undefined) continue;
      const events = eventsOf(sessionUpdate.sessionResults ?? []);
      onFresh(without(events, overlap), sessionUpdate.sessionMetadata?.sampled ?? false);
    }
  } catch {
    // The next session's beginning tells what is the matter.
  }
}

function inputOf({ groups, streamPrefix, filterPattern }: TailQuery): InputOf<"logs", "StartLiveTail"> {
  const session = sessionStore.get();
  const accountId = session.status === "signed-in" ? session.session.accountId : "";
  return {
    logGroupIdentifiers: groups.map((name) => `arn:aws:logs:${currentRegion()}:${accountId}:log-group:${name}`),
    ...(streamPrefix && { logStreamNamePrefixes: [streamPrefix] }),
    ...(filterPattern && { logEventFilterPattern: filterPattern }),
  };
}

/** What was written before the session began. */
async function readMissed({ groups, streamPrefix = "", filterPattern, fromMs }: TailQuery, signal: AbortSignal): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  const readGroup = async (logGroupName: string): Promise<void> => {
    const onPage = (events: readonly LogEvent[]): void =>
      void found.push(...events.filter((event) => event.logStreamName.startsWith(streamPrefix)));
    try {
      await readEvents({ logGroupName, filterPattern, startTime: fromMs }, onPage, signal);
    } catch (error) {
      // Who may tail may yet not search.
      if (problemOf(error).kind !== "denied") throw error;
    }
  };
  await Promise.all(groups.map(readGroup));
  return found.sort((a, b) => a.timestamp - b.timestamp);
}

type Results = NonNullable<NonNullable<StartLiveTailResponseStream["sessionUpdate"]>["sessionResults"]>;

let liveCount = 0;

const eventsOf = (results: Results): LogEvent[] =>
  results.map(({ timestamp = 0, ingestionTime = 0, message = "", logStreamName = "" }) => ({
    id: `live-${++liveCount}`,
    timestamp,
    ingestionTime,
    message,
    logStreamName,
  }));

type Counts = Map<string, number>;

const keyOf = ({ logStreamName, timestamp, ingestionTime, message }: LogEvent): string =>
  [logStreamName, timestamp, ingestionTime, message].join("\n");

function countsOf(events: readonly LogEvent[]): Counts {
  const counts: Counts = new Map();
  for (const event of events) counts.set(keyOf(event), (counts.get(keyOf(event)) ?? 0) + 1);
  return counts;
}

/** Live lines have no ids: the lines that are not among those counted, each of which stands for one. */
function without(events: readonly LogEvent[], counts: Counts): LogEvent[] {
  return events.filter((event) => {
    const count = counts.get(keyOf(event)) ?? 0;
    if (count > 0) counts.set(keyOf(event), count - 1);
    return count === 0;
  });
}
