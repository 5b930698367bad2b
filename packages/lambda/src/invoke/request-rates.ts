import type { Clock } from "@mayfly/kernel";

interface Bucket {
  requests: number;
  filledAtMs: number;
}

/** From how many buckets on those are looked for that are full again. */
const sweptCount = 1000;

/**
 * How many requests a second are let through, by whom they count for: a bucket that holds a second's worth and fills as time goes by. One that is full
 * again need not be remembered.
 */
export class RequestRates {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAtCount = sweptCount;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one request of so many a second; false if there is none left. */
  take(text: string, perSecond: number): boolean {
    const bucket = this.#filled(text, perSecond);
    if (bucket.requests < 1) return false;
    bucket.requests--;
    return true;
  }

  #filled(text: string, perSecond: number): Bucket {
    const nowMs = this.#clock.monotonicMs();
    const bucket = this.#buckets.get(text);
    if (bucket === undefined) return this.#make(text, { requests: perSecond, filledAtMs: nowMs });
    bucket.requests = Math.min(perSecond, bucket.requests + ((nowMs - bucket.filledAtMs) / 1000) * perSecond);
    bucket.filledAtMs = nowMs;
    return bucket;
  }

  #make(text: string, bucket: Bucket): Bucket {
    if (this.#buckets.size >= this.#sweepAtCount) this.#sweep(bucket.filledAtMs);
    this.#buckets.set(text, bucket);
    return bucket;
  }

  #sweep(nowMs: number): void {
    for (const [text, { filledAtMs }] of this.#buckets) if (nowMs - filledAtMs >= 1000) this.#buckets.delete(text);
    this.#sweepAtCount = Math.max(sweptCount, 2 * this.#buckets.size);
  }
}
