import type { LogEventRow, LogStreamKey } from "@mayfly/db";
import type { LiveTailSessionStart, StartLiveTailResponseStream } from "@mayfly/wire/logs";
import { limitExceeded } from "../faults.ts";
import type { TailLimits } from "../limits.ts";
import type { GroupKey } from "../store/log-store.ts";
import type { TailHub } from "./tail-hub.ts";
import { createTailSession } from "./tail-session.ts";

/** Which lines a session is asked for. */
export interface TailFilter {
  readonly groups: readonly GroupKey[];
  readonly matches: (logStreamName: string, message: string) => boolean;
}

/** Live Tail's sessions. */
export interface TailSessions {
  /**
   * Opens one; it ends with its iterator's `return` or when its time is over.
   * @throws LimitExceededException
   */
  open(owner: Omit<GroupKey, "logGroupName">, filter: TailFilter, start: LiveTailSessionStart): AsyncIterable<StartLiveTailResponseStream>;
}

export function createTailSessions(hub: TailHub, limits: TailLimits): TailSessions {
  const openCounts = new Map<string, number>();
  return {
    open({ accountId, region }, { groups, matches }, start) {
      const owner = `${accountId}/${region}`;
      const count = openCounts.get(owner) ?? 0;
      if (count >= limits.sessionCount) throw limitExceeded();
      openCounts.set(owner, count + 1);
      const session = createTailSession(start, limits, () => {
        stopListening();
        openCounts.set(owner, (openCounts.get(owner) ?? 1) - 1);
      });
      const stopListening = hub.listen(groups, (stream, events) => {
        for (const event of events) {
          if (matches(stream.logStreamName, event.message)) session.add(shape(stream, event), Buffer.byteLength(event.message));
        }
      });
      return session.events;
    },
  };
}

const shape = ({ accountId, logGroupName, logStreamName }: LogStreamKey, { timestampMs, ingestionTimeMs, message }: LogEventRow) => ({
  logGroupIdentifier: `${accountId}:${logGroupName}`,
  logStreamName,
  message,
  timestamp: timestampMs,
  ingestionTime: ingestionTimeMs,
});
