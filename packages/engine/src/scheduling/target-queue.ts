import type { Environment } from "../environment/environment.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";

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
  readonly #invocationMs: MovingMean = { value: undefined };
  readonly #startMs: MovingMean = { value: undefined };
  #pausedUntilMs = 0;
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
    return this.idle.length + this.waiting.length + this.starting + this.busy === 0;
  }

  noteInvocation(durationMs: number): void {
    follow(this.#invocationMs, durationMs);
  }

  noteStart(durationMs: number): void {
    follow(this.#startMs, durationMs);
  }

  /** How long an event may wait for a busy environment before another one is started for it: about as long as that would take. */
  get patienceMs(): number {
    const { shortestPatienceMs, longestPatienceMs } = engineLimits;
    return Math.min(Math.max(this.#startMs.value ?? longestPatienceMs, shortestPatienceMs), longestPatienceMs);
  }

  /** The machine has no memory for another one just now. */
  pause(nowMs: number): void {
    this.#pausedUntilMs = nowMs + engineLimits.longestPatienceMs;
  }

  /** How many environments to start for those that wait, besides those that start already. */
  startsWorth(nowMs: number): number {
    const uncovered = this.waiting.length - this.starting;
    if (uncovered <= 0 || nowMs < this.#pausedUntilMs) return 0;
    const oldestMs = nowMs - this.waiting[0]!.sinceMs;
    if (this.busy > 0 && this.#invocationMs.value !== undefined && oldestMs < this.patienceMs) {
      const drainedMs = (this.waiting.length / this.busy) * this.#invocationMs.value;
      // Busy environments will be free before a new one would be ready.
      if (drainedMs < this.patienceMs) return 0;
    }
    return uncovered;
  }
}
