/** How many batches of a mapping may be under way at once. */
export interface Scaling {
  /** From the start, and again once nothing is left to do. */
  readonly startCount: number;
  readonly mostCount: number;
  /** So many more a minute while all are in use. */
  readonly growthPerMinute: number;
}

/** A place for one batch; to be left once. */
export interface Slot {
  leave(): void;
}

/** Places for batches: more of them while there is more to do than they can hold, fewer while functions fail. */
export interface Slots {
  /** Waits for a free one; undefined if the signal is aborted before. */
  enter(signal: AbortSignal): Promise<Slot | undefined>;
  /** A batch was run: what failures took away comes back. */
  succeeded(): void;
  /** A batch failed or could not be run: one place fewer, as Lambda backs off. */
  failed(): void;
  /** Nothing is waiting at the source. */
  calm(): void;
}

interface Waiter {
  readonly serve: () => void;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
export function createSlots({ startCount, mostCount, growthPerMinute }: Scaling): Slots {
  const first = Math.min(startCount, mostCount);
  const waiters = new Set<Waiter>();
  let allowed = first;
  let used = 0;
  let growing: NodeJS.Timeout | undefined;

  function take(): Slot {
    used++;
    let isLeft = false;
    return {
      leave() {
        if (isLeft) return;
        isLeft = true;
        used--;
        serve();
      },
    };
  }

  function serve(): void {
    for (const waiter of waiters) {
      if (used >= allowed) break;
      waiters.delete(waiter);
      waiter.serve();
    }
    if (waiters.size > 0) growLater();
  }

  function growLater(): void {
    if (growing !== undefined || allowed >= mostCount || growthPerMinute === 0) return;
    growing = setTimeout(() => {
      growing = undefined;
      if (waiters.size === 0) return;
      allowed++;
      serve();
    }, 60_000 / growthPerMinute);
    growing.unref();
  }

  return {
    enter(signal) {
      if (signal.aborted) return Promise.resolve(undefined);
      if (used < allowed && waiters.size === 0) return Promise.resolve(take());
      return new Promise((resolve) => {
        const gone = (): void => {
          waiters.delete(waiter);
          resolve(undefined);
        };
        const waiter: Waiter = {
          serve() {
            signal.removeEventListener("abort", gone);
            resolve(take());
          },
        };
        signal.addEventListener("abort", gone, { once: true });
        waiters.add(waiter);
        growLater();
      });
    },
    succeeded() {
      if (allowed >= first) return;
      allowed++;
      serve();
    },
    failed() {
      allowed = Math.max(1, Math.min(allowed, used) - 1);
    },
    calm() {
      allowed = Math.min(allowed, first);
    },
  };
}
