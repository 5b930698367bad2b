import type { LiveTailSessionLogEvent, LiveTailSessionStart, StartLiveTailResponseStream } from "@mayfly/wire/logs";
import { sessionTimedOut } from "../faults.ts";
import type { TailLimits } from "../limits.ts";
import { createUpdateSample, type SizedUpdate } from "./update-sample.ts";

/** A Live Tail session: what the client reads, and where lines come in. */
export interface TailSession {
  /** The start, then an update a second; throws SessionTimeoutException at the end of its time. */
  readonly events: AsyncIterableIterator<StartLiveTailResponseStream>;
  add(event: LiveTailSessionLogEvent, bytes: number): void;
}

type Result = IteratorResult<StartLiveTailResponseStream>;

const finished: Result = { done: true, value: undefined };

/** Updates that wait for the client; the oldest make room. */
function createWaitingUpdates(limits: TailLimits) {
  const updates: SizedUpdate[] = [];
  let count = 0;
  let bytes = 0;
  const take = (): SizedUpdate | undefined => {
    const oldest = updates.shift();
    count -= oldest?.count ?? 0;
    bytes -= oldest?.bytes ?? 0;
    return oldest;
  };
  return {
    take,
    add(update: SizedUpdate): void {
      updates.push(update);
      count += update.count;
      bytes += update.bytes;
      while (updates.length > limits.waitingUpdateCount || count > limits.waitingEventCount || bytes > limits.waitingBytes) take();
    },
  };
}

/** @param onEnd called once, when the client went away or the time is over */
export function createTailSession(start: LiveTailSessionStart, limits: TailLimits, onEnd: () => void): TailSession {
  const sample = createUpdateSample(limits, Math.random);
  const waiting = createWaitingUpdates(limits);
  let isStarted = false;
  let state: "open" | "timed-out" | "over" = "open";
  let wake: () => void = () => {};

  const updates = setInterval(() => {
    waiting.add(sample.take());
    wake();
  }, limits.updateIntervalMs).unref();
  const timeout = setTimeout(() => end("timed-out"), limits.sessionMs).unref();
  const end = (how: "timed-out" | "over"): void => {
    const wasOpen = state === "open";
    state = how;
    if (wasOpen) {
      clearInterval(updates);
      clearTimeout(timeout);
      onEnd();
    }
    wake();
  };
  const next = async (): Promise<Result> => {
    if (!isStarted) {
      isStarted = true;
      return { done: false, value: { sessionStart: start } };
    }
    for (;;) {
      if (state === "over") return finished;
      const oldest = waiting.take();
      if (oldest !== undefined) return { done: false, value: { sessionUpdate: oldest.update } };
      if (state === "timed-out") {
        state = "over";
        throw sessionTimedOut();
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    events: {
      [Symbol.asyncIterator]() {
        return this;
      },
      next,
      return: async () => {
        end("over");
        return finished;
      },
    },
    add: sample.add,
  };
}
