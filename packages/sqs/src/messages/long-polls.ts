import type { Clock, WhenGone } from "@mayfly/kernel";

/** A consumer's place in the line of a queue. */
interface Turn {
  /** Waits until there may be something, or the time is over, or nobody waits any more. */
  sleep(untilMs: number, whenGone: WhenGone | undefined): Promise<"woken" | "over">;
  /** Gives the place up; who was woken for nothing wakes the next one. */
  leave(): void;
}

/** Those who wait for messages, in the order in which they came. Nothing is kept of a queue for which nobody waits. */
export interface LongPolls {
  enter(queueId: number): Turn;
  /** So many consumers may find something now. */
  wake(queueId: number, count: number): void;
  /** At that time something may be found. */
  wakeAt(queueId: number, atMs: number | undefined): void;
  /** Lets everybody go, now and later. */
  close(): void;
}

interface Waiter {
  isWoken: boolean;
  /** Of one who sleeps. */
  wakeUp: ((outcome: "woken" | "over") => void) | undefined;
}

interface Line {
  readonly waiters: Set<Waiter>;
  timer: NodeJS.Timeout | undefined;
  timerAtMs: number;
}

/** Nobody waits yet. */
export function createLongPolls(clock: Clock): LongPolls {
  const lines = new Map<number, Line>();
  let isClosed = false;

  const wake = (queueId: number, count: number): void => {
    let left = count;
    for (const waiter of lines.get(queueId)?.waiters ?? []) {
      if (left <= 0) return;
      if (waiter.isWoken) continue;
      waiter.isWoken = true;
      waiter.wakeUp?.("woken");
      left--;
    }
  };
  const leave = (queueId: number, line: Line, waiter: Waiter): void => {
    if (!line.waiters.delete(waiter)) return;
    if (waiter.isWoken) wake(queueId, 1);
    if (line.waiters.size > 0) return;
    clearTimeout(line.timer);
    lines.delete(queueId);
  };
  const sleep = (waiter: Waiter, untilMs: number, whenGone: WhenGone | undefined): Promise<"woken" | "over"> =>
    new Promise((resolve) => {
      const end = (outcome: "woken" | "over"): void => {
        // Once only: by the next time the waiter may be woken for something else.
        if (waiter.wakeUp !== end) return;
        waiter.wakeUp = undefined;
        waiter.isWoken = false;
        clearTimeout(timer);
        takeBack?.();
        resolve(outcome);
      };
      waiter.wakeUp = end;
      const timer = setTimeout(() => end("over"), Math.max(0, untilMs - clock.now()));
      const takeBack = whenGone?.(() => end("over"));
      if (isClosed) end("over");
      else if (waiter.isWoken) end("woken");
    });
  return {
    enter(queueId) {
      let line = lines.get(queueId);
      if (line === undefined) lines.set(queueId, (line = { waiters: new Set(), timer: undefined, timerAtMs: Infinity }));
      const waiter: Waiter = { isWoken: false, wakeUp: undefined };
      const entered = line;
      entered.waiters.add(waiter);
      return { sleep: (untilMs, whenGone) => sleep(waiter, untilMs, whenGone), leave: () => leave(queueId, entered, waiter) };
    },
    wake,
    wakeAt(queueId, atMs) {
      const line = lines.get(queueId);
      if (line === undefined || atMs === undefined || atMs >= line.timerAtMs) return;
      clearTimeout(line.timer);
      line.timerAtMs = atMs;
      line.timer = setTimeout(
        () => {
          line.timer = undefined;
          line.timerAtMs = Infinity;
          wake(queueId, 1);
        },
        // The clock's milliseconds and the timer's begin at different moments.
        Math.max(1, atMs - clock.now() + 1),
      );
    },
    close() {
      isClosed = true;
      for (const { waiters, timer } of lines.values()) {
        clearTimeout(timer);
        for (const waiter of waiters) waiter.wakeUp?.("over");
      }
    },
  };
}
