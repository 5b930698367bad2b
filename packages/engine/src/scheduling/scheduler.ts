import type { Environment } from "../environment/environment.ts";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget, InitializationType, ProvisionedState } from "../types.ts";
import type { Gate } from "./gate.ts";
import { closing, LivingEnvironments, type LivingOptions } from "./living-environments.ts";
import { ProcessorTime } from "./processor-time.ts";
import { initFailureReason, ProvisionedPool } from "./provisioned-pool.ts";
import { TargetQueue } from "./target-queue.ts";

/** What the scheduler works with. */
export interface SchedulerOptions extends LivingOptions {
  /** Environments are counted for what they are likely to use, since the kernel bounds what they use together; else for all that they may have. */
  readonly countsUse: boolean;
  readonly idleTimeoutMs: number;
  readonly gate: Gate;
}

/** Gives events to environments: every environment there is, and who waits for one. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #living: LivingEnvironments;
  readonly #queues = new Map<string, TargetQueue>();
  /** Provisioned ones are not among them: they do not end for being idle. */
  readonly #idleSince = new Map<Environment, number>();
  readonly #processors = new ProcessorTime();
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#living = new LivingEnvironments(options, {
      evictable: () => this.#idleSince.keys(),
      ends: (environment) => this.#forget(environment),
    });
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(20, options.idleTimeoutMs / 10));
    this.#sweeper.unref();
  }

  get all(): ReadonlySet<Environment> {
    return this.#living.all;
  }

  get #closed(): boolean {
    return this.#living.isClosed;
  }

  /** An environment for one event: the idle one that was used last, or else the first that gets free or ready. It is then the caller's. @throws EngineError */
  acquire(target: FunctionTarget): Environment | Promise<Environment> {
    if (this.#closed) throw closing();
    const queue = this.#queueOf(target);
    const idle = this.#takeIdle(queue);
    if (idle !== undefined) {
      queue.busy++;
      return idle;
    }
    const { promise, resolve, reject } = Promise.withResolvers<Environment>();
    queue.waiting.push({ sinceMs: performance.now(), resolve, reject });
    this.#grow(queue);
    return promise;
  }

  /** Takes one back that has run its event: it goes to whoever waits, or waits itself, or ends if it can run no more. */
  release(environment: Environment, durationMs: number): void {
    const queue = this.#queueOf(environment.target);
    queue.busy--;
    queue.noteInvocation(durationMs, performance.now());
    // After an event it is known better what it takes.
    this.#living.recount(environment, queue.measuredMb(environment.peakMemoryMb));
    this.#offer(queue, environment, outlives(environment));
  }

  /** Ends the target's environments, busy ones when they are released. */
  retire(targetId: string): void {
    const queue = this.#queues.get(targetId);
    if (queue === undefined) return;
    queue.retired = true;
    queue.provisioned?.want(0);
    for (const environment of queue.idle.slice()) this.#living.endLater(environment);
    this.#forgetIfEmpty(queue);
  }

  /** Keeps so many environments of the target initialized, beside those that are started for events. */
  provision(target: FunctionTarget, count: number): void {
    if (this.#closed || (count === 0 && !this.#queues.has(target.id))) return;
    const queue = this.#queueOf(target);
    if (queue.retired) return;
    queue.provisioned ??= new ProvisionedPool({
      start: () => this.#startProvisioned(queue),
      offer: (environment) => this.#offer(queue, environment),
      endLater: (environment) => this.#living.endLater(environment),
      settled: () => this.#forgetIfEmpty(queue),
    });
    queue.provisioned.want(count);
    this.#forgetIfEmpty(queue);
  }

  /** How far that is. */
  provisioned(targetId: string): ProvisionedState {
    return this.#queues.get(targetId)?.provisioned?.state ?? { wanted: 0, ready: 0, status: "ready" };
  }

  /** Ends the environment; resolves when nothing of it is left. */
  end(environment: Environment): Promise<void> {
    return this.#living.end(environment);
  }

  /** How many events wait, by target. */
  waiting(): readonly { readonly target: FunctionTarget; readonly count: number }[] {
    return [...this.#queues.values()]
      .filter(({ waiting }) => waiting.length > 0)
      .map(({ target, waiting }) => ({ target, count: waiting.length }));
  }

  /** From now on no environment waits and no event is taken. */
  close(): void {
    this.#living.close();
    clearInterval(this.#sweeper);
    for (const queue of this.#queues.values()) {
      for (const waiter of queue.waiting.splice(0)) waiter.reject(closing());
      queue.provisioned?.close();
      for (const environment of queue.idle.slice()) this.#living.endLater(environment);
    }
  }

  #queueOf(target: FunctionTarget): TargetQueue {
    const known = this.#queues.get(target.id);
    if (known !== undefined) return known;
    const queue = new TargetQueue(target, this.#options.countsUse);
    this.#queues.set(target.id, queue);
    return queue;
  }

  #forgetIfEmpty(queue: TargetQueue): void {
    if (queue.isEmpty && this.#queues.get(queue.target.id) === queue) this.#queues.delete(queue.target.id);
  }

  #takeIdle(queue: TargetQueue): Environment | undefined {
    for (;;) {
      const environment = queue.provisioned?.idle.pop() ?? queue.idle.at(-1);
      if (environment === undefined) return undefined;
      this.#removeIdle(environment);
      if (outlives(environment)) return environment;
      this.#living.endLater(environment);
    }
  }

  /** One ends: nobody is given it any more. */
  #forget(environment: Environment): void {
    this.#removeIdle(environment);
    const queue = this.#queues.get(environment.target.id);
    if (queue === undefined) return;
    queue.provisioned?.gone(environment);
    this.#forgetIfEmpty(queue);
  }

  #removeIdle(environment: Environment): void {
    if (!this.#idleSince.delete(environment)) return;
    const { idle } = this.#queueOf(environment.target);
    idle.splice(idle.lastIndexOf(environment), 1);
  }

  /** Gives an environment that can run to whoever waits longest. */
  #offer(queue: TargetQueue, environment: Environment, mayRun = true): void {
    if (this.#closed || !environment.reusable || !mayRun) {
      this.#living.endLater(environment);
      this.#grow(queue);
    } else {
      const waiter = queue.waiting.shift();
      if (waiter !== undefined) {
        queue.busy++;
        waiter.resolve(environment);
      } else if (queue.provisioned?.has(environment) === true) {
        if (!queue.provisioned.putIdle(environment)) this.#living.endLater(environment);
      } else if (queue.retired) {
        this.#living.endLater(environment);
      } else {
        queue.idle.push(environment);
        this.#idleSince.set(environment, performance.now());
      }
    }
    this.#forgetIfEmpty(queue);
  }

  /** Starts what is worth starting, and looks again when those that still wait have waited long enough. */
  #grow(queue: TargetQueue): void {
    for (let worth = this.#startsWorth(queue); worth > 0; worth--) {
      queue.starting++;
      void this.#startOne(queue);
    }
    if (queue.waiting.length > queue.starting) this.#lookAgain(queue);
  }

  #startsWorth(queue: TargetQueue): number {
    return queue.startsWorth(performance.now(), this.#processors.isScarce());
  }

  readonly #looking = new Set<TargetQueue>();

  #lookAgain(queue: TargetQueue): void {
    if (this.#looking.has(queue)) return;
    this.#looking.add(queue);
    setTimeout(() => {
      this.#looking.delete(queue);
      if (!this.#closed) this.#grow(queue);
    }, engineLimits.longestPatienceMs);
  }

  async #startOne(queue: TargetQueue): Promise<void> {
    let environment: Environment | undefined;
    try {
      environment = await this.#startIfWanted(queue);
    } catch (error) {
      this.#refuse(queue, error);
    }
    queue.starting--;
    if (environment !== undefined) this.#offer(queue, environment);
    else this.#grow(queue);
    this.#forgetIfEmpty(queue);
  }

  async #startIfWanted(queue: TargetQueue): Promise<Environment | undefined> {
    const leave = await this.#options.gate.enter();
    try {
      // Whoever it was asked for may have been served meanwhile, or be served sooner than was thought.
      if (this.#closed || this.#startsWorth(queue) < 0) return undefined;
      const beganAt = performance.now();
      const environment = await this.#start(queue, "on-demand", leave);
      queue.noteStart(performance.now() - beganAt);
      return environment;
    } finally {
      leave();
    }
  }

  async #startProvisioned(queue: TargetQueue): Promise<Environment> {
    const leave = await this.#options.gate.enter();
    try {
      const environment = await this.#start(queue, "provisioned-concurrency", leave);
      if (environment.isInitialized && environment.reusable) return environment;
      await this.#living.end(environment);
      throw new Error(initFailureReason);
    } catch (error) {
      throw error instanceof EngineError ? error : new Error(initFailureReason, { cause: error });
    } finally {
      leave();
    }
  }

  async #start(queue: TargetQueue, initializationType: InitializationType, leave: () => void): Promise<Environment> {
    const environment = await this.#living.make(queue.target, initializationType, queue.likelyMb);
    try {
      // Others may start as soon as its process runs: the function's own INIT can take seconds.
      await environment.initialize(leave);
      return environment;
    } catch (error) {
      await this.#living.end(environment);
      throw error;
    }
  }

  /** An event that could get no environment is told why, unless another environment will be free for it. */
  #refuse(queue: TargetQueue, error: unknown): void {
    const others = queue.busy + queue.starting - 1;
    if (others > 0 && error instanceof EngineError && error.code === "insufficient-memory") queue.pause(performance.now());
    else queue.waiting.shift()?.reject(error);
  }

  #sweep(): void {
    const before = performance.now() - this.#options.idleTimeoutMs;
    for (const [environment, since] of this.#idleSince) {
      if (since > before) break;
      this.#living.endLater(environment);
    }
    for (const queue of this.#queues.values()) queue.provisioned?.renew();
  }
}

const outlives = (environment: Environment): boolean =>
  environment.expiresAtMs - Date.now() > environment.target.timeoutMs + engineLimits.credentialMarginMs;
