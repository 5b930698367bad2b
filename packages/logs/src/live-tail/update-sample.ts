import type { LiveTailSessionLogEvent, LiveTailSessionUpdate } from "@mayfly/wire/logs";

/** An update, and how much memory it holds. */
export interface SizedUpdate {
  readonly update: LiveTailSessionUpdate;
  readonly count: number;
  readonly bytes: number;
}

/** The lines of the present second: all, or a fair sample of as many as an update may hold. */
export interface UpdateSample {
  add(event: LiveTailSessionLogEvent, bytes: number): void;
  /** What was added since the last call, in its order. */
  take(): SizedUpdate;
}

interface Sampled {
  readonly order: number;
  readonly event: LiveTailSessionLogEvent;
  readonly bytes: number;
}

/** @param random answers a number from 0 up to 1 */
export function createUpdateSample(
  { updateCount, updateBytes }: { readonly updateCount: number; readonly updateBytes: number },
  random: () => number,
): UpdateSample {
  let kept: Sampled[] = [];
  let keptBytes = 0;
  let seen = 0;
  return {
    add(event, bytes) {
      const order = seen++;
      // Each line is kept with the same chance, whenever in the second it came (reservoir sampling).
      const place = kept.length < updateCount ? kept.length : Math.floor(random() * seen);
      if (place >= updateCount) return;
      const left = keptBytes - (kept[place]?.bytes ?? 0) + bytes;
      if (left > updateBytes) return;
      kept[place] = { order, event, bytes };
      keptBytes = left;
    },
    take() {
      const sessionResults = kept.sort((a, b) => a.order - b.order).map(({ event }) => event);
      const taken = {
        update: { sessionMetadata: { sampled: kept.length < seen }, sessionResults },
        count: sessionResults.length,
        bytes: keptBytes,
      };
      kept = [];
      keptBytes = 0;
      seen = 0;
      return taken;
    },
  };
}
