import type { Environment } from "../environment/environment.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";
import type { ProvisionedPool } from "./provisioned-pool.ts";

/** An event that waits for an environment. */
export interface Waiter {
  readonly sinceMs: number;
  resolve(environment: Environment): void;
  reject(error: unknown): void;
}

/** A moving mean that follows the last dozen values or so. */
interface MovingMean {
  value: number | undefined;
}

const weight = 0.15;
const follow = (mean: MovingMean, next: number): void => {
  mean.value = mean.value === undefined ? next : mean.value + (next - mean.value) * weight;
};

/** One target's environments and the events that wait for one. It decides how many are worth starting; others start and end them. */
export class TargetQueue {
  readonly target: FunctionTarget;
  /** Used last comes last. */
  readonly idle: Environment[] = [];
  readonly waiting: Waiter[] = [];
  /** Environments that were asked for and don't run yet. */
  starting = 0;
  busy = 0;
  retired = false;
  /** Those that are kept whether events come or not. */
  provisioned: ProvisionedPool | undefined;
  readonly #invocationMs: MovingMean = { value: undefined };
  readonly #startMs: MovingMean = { value: undefined };
  #pausedUntilMs = 0;
  #releasedAtMs = 0;
  #peakMb: number | undefined;
  readonly #countsUse: boolean;

  /** @param countsUse an environment is counted for what it is likely to use; else for all that its function may have */
  constructor(target: FunctionTarget, countsUse: boolean) {
    this.target = target;
    this.#countsUse = countsUse;
  }

  /** What one more environment is to be counted for. */
  get likelyMb(): number {
    const { memorySizeMb } = this.target;
    if (!this.#countsUse) return memorySizeMb;
    return this.#peakMb === undefined ? Math.min(memorySizeMb, engineLimits.unmeasuredMb) : this.#withMargin(this.#peakMb);
  }

  /** What an environment is to be counted for that has used so much. */
  measuredMb(peakMb: number | undefined): number {
    if (!this.#countsUse || peakMb === undefined) return this.likelyMb;
    this.#peakMb = Math.max(this.#peakMb ?? 0, peakMb);
    return this.#withMargin(peakMb);
  }

  #withMargin(peakMb: number): number {
    const { measuredFactor, measuredMarginMb } = engineLimits;
    return Math.min(this.target.memorySizeMb, Math.ceil(peakMb * measuredFactor) + measuredMarginMb);
  }

  get isEmpty(): boolean {
    return this.idle.length + this.waiting.length + this.starting + this.busy === 0 && this.provisioned?.isEmpty !== false;
  }

  /** @param nowMs when it ended */
  noteInvocation(durationMs: number, nowMs: number): void {
    follow(this.#invocationMs, durationMs);
    this.#releasedAtMs = nowMs;
  }

  noteStart(durationMs: number): void {
    follow(this.#startMs, durationMs);
  }

  /** How long an event may wait for a busy environment before another one is started for it: about as long as that would take; longer where a start would slow down those that run. */
  patienceMs(isScarce: boolean): number {
    const { shortestPatienceMs, longestPatienceMs, scarcePatienceMs } = engineLimits;
    if (isScarce) return scarcePatienceMs;
    return Math.min(Math.max(this.#startMs.value ?? longestPatienceMs, shortestPatienceMs), longestPatienceMs);
  }

  /** The machine has no memory for another one just now. */
  pause(nowMs: number): void {
    this.#pausedUntilMs = nowMs + engineLimits.longestPatienceMs;
  }

  /**
   * How many environments to start for those that wait, besides those that start already. Below 0: so many of these are not worth it any more.
   * @param isScarce the machine has no processor time to spare
   */
  startsWorth(nowMs: number, isScarce: boolean): number {
    const uncovered = this.waiting.length - this.starting;
    if (uncovered <= 0) return Math.max(0 - this.starting, uncovered);
    if (nowMs < this.#pausedUntilMs) return 0;
    const patienceMs = this.patienceMs(isScarce);
    const invocationMs = this.#invocationMs.value;
    // What runs now may run for ever.
    if (invocationMs === undefined || nowMs - Math.max(this.#releasedAtMs, this.waiting[0]!.sinceMs) >= patienceMs) return uncovered;
    // So many would have served all that wait by the time that another one is ready.
    const enough = Math.max(1, Math.ceil((this.waiting.length * invocationMs) / patienceMs));
    return Math.max(0 - this.starting, Math.min(uncovered, enough - this.busy - this.starting));
  }
}
