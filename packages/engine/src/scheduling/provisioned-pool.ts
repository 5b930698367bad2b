import type { Environment } from "../environment/environment.ts";
import { engineLimits } from "../limits.ts";
import type { ProvisionedState } from "../types.ts";

/** What a pool asks of the scheduler. */
export interface PoolHooks {
  /** Starts one, and waits for its INIT. @throws Error that says why there is none */
  start(): Promise<Environment>;
  /** One is ready for events. */
  offer(environment: Environment): void;
  endLater(environment: Environment): void;
  /** A start is over; the pool may be empty for good. */
  settled(): void;
}

/** AWS's word for an INIT that failed. */
export const initFailureReason = "FUNCTION_ERROR_INIT_FAILURE";

/**
 * The environments of one target that are kept initialized, whether events come or not. Which of them have an event the scheduler knows; the pool sees to
 * their number: who ends is replaced, and so is, in time, whose credentials will end.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export class ProvisionedPool {
  /** Used last comes last. */
  readonly idle: Environment[] = [];
  readonly #hooks: PoolHooks;
  /** Initialized ones, and from when on each is to be replaced. */
  readonly #members = new Map<Environment, number>();
  #wanted = 0;
  #starting = 0;
  /** All that were wanted have been there: who is replaced since then is no matter of allocation. */
  #wasComplete = false;
  #failure: string | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(hooks: PoolHooks) {
    this.#hooks = hooks;
  }

  get isEmpty(): boolean {
    return this.#wanted + this.#starting + this.#members.size === 0;
  }

  get state(): ProvisionedState {
    const status = this.#failure !== undefined ? "failed" : this.#wasComplete ? "ready" : "in-progress";
    return {
      wanted: this.#wanted,
      ready: Math.min(this.#members.size, this.#wanted),
      status,
      ...(this.#failure !== undefined && { reason: this.#failure }),
    };
  }

  has(environment: Environment): boolean {
    return this.#members.has(environment);
  }

  /** From now on so many are kept. */
  want(count: number): void {
    if (count === this.#wanted) return;
    this.#wanted = count;
    this.#wasComplete = false;
    this.#failure = undefined;
    this.#failures = 0;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#shrink();
    this.#noteIfComplete();
    this.#grow();
  }

  /** One that has no event waits for the next. @returns false if it is one too many */
  putIdle(environment: Environment): boolean {
    if (this.#members.size > this.#wanted) return false;
    this.idle.push(environment);
    return true;
  }

  /** One takes no event any more. */
  gone(environment: Environment): void {
    if (!this.#members.delete(environment)) return;
    const at = this.idle.lastIndexOf(environment);
    if (at >= 0) this.idle.splice(at, 1);
    // Whoever ends again and again without an event would be started for ever.
    if (this.#members.size < this.#wanted && environment.stats().invocations === 0) this.#failed(undefined);
    this.#grow();
  }

  /** Replaces those whose time comes. */
  renew(): void {
    this.#grow();
  }

  close(): void {
    this.#wanted = 0;
    clearTimeout(this.#retry);
    for (const environment of this.idle.slice()) this.#hooks.endLater(environment);
  }

  #grow(): void {
    if (this.#retry !== undefined) return;
    const atOnce = this.#failures > 0 ? 1 : engineLimits.provisionedStartsAtOnce;
    const nowMs = Date.now();
    const lasting = [...this.#members.values()].filter((renewAtMs) => renewAtMs > nowMs).length;
    for (let missing = this.#wanted - lasting - this.#starting; missing > 0 && this.#starting < atOnce; missing--) {
      this.#starting++;
      void this.#startOne();
    }
  }

  async #startOne(): Promise<void> {
    try {
      const environment = await this.#hooks.start();
      this.#starting--;
      this.#add(environment);
    } catch (error) {
      this.#starting--;
      this.#failed(error instanceof Error ? error.message : String(error));
    }
    this.#grow();
    this.#hooks.settled();
  }

  #add(environment: Environment): void {
    const nowMs = Date.now();
    const leftMs = environment.expiresAtMs - nowMs;
    const neededMs = environment.target.timeoutMs + engineLimits.credentialMarginMs + engineLimits.provisionedRenewalMs;
    this.#members.set(environment, environment.expiresAtMs - Math.min(neededMs, leftMs / 2));
    this.#failure = undefined;
    this.#failures = 0;
    this.#noteIfComplete();
    this.#shrink();
    if (this.has(environment)) this.#hooks.offer(environment);
  }

  #noteIfComplete(): void {
    if (this.#members.size >= this.#wanted) this.#wasComplete = true;
  }

  /** Ends idle ones that are too many, those first whose time comes first; busy ones end when they are put back. */
  #shrink(): void {
    const byTime = this.idle.toSorted((a, b) => (this.#members.get(a) ?? 0) - (this.#members.get(b) ?? 0));
    for (const environment of byTime) {
      if (this.#members.size <= this.#wanted) return;
      this.#hooks.endLater(environment);
    }
  }

  /** The next one is tried later, each time later. @param reason undefined if INIT itself went well */
  #failed(reason: string | undefined): void {
    if (this.#wanted === 0) return;
    this.#failures++;
    if (reason !== undefined) this.#failure = reason;
    const { provisionedRetryMs, provisionedMostRetryMs } = engineLimits;
    this.#retry ??= setTimeout(
      () => {
        this.#retry = undefined;
        this.#grow();
      },
      Math.min(provisionedRetryMs * 2 ** (this.#failures - 1), provisionedMostRetryMs),
    ).unref();
  }
}
