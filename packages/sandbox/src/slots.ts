/** First of the host's uids that sandboxes run as, where the server is root. Each running sandbox has one of its own. */
const firstHostUid = 2_000_000;

/** The uid that code in a sandbox sees as its own where the server is not root. */
export const insideUid = 993;

/** A place among the running sandboxes. */
export interface Slot {
  readonly index: number;
  readonly hostUid: number;
}

/** Hands out uids so that no two running sandboxes share one; a server's range starts at a place of its own. */
export function createSlots(): { take(): Slot; giveBack(slot: Slot): void } {
  const free: number[] = [];
  let used = 0;
  // Servers on one machine rarely have process ids that are equal modulo this, so their ranges rarely meet.
  const base = firstHostUid + (process.pid % 4096) * 10_000;
  return {
    take() {
      const index = free.pop() ?? used++;
      return { index, hostUid: base + index };
    },
    giveBack: ({ index }) => void free.push(index),
  };
}
