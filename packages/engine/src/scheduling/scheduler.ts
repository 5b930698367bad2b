import type { Environment } from "../environment/environment.ts";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";
import type { Gate } from "./gate.ts";
import type { MemoryAdmission } from "./memory-admission.ts";
import { ProcessorTime } from "./processor-time.ts";
import { TargetQueue } from "./target-queue.ts";

/** What the scheduler works with. */
export interface SchedulerOptions {
  readonly memory: MemoryAdmission;
  /** Environments are counted for what they are likely to use, since the kernel bounds what they use together; else for all that they may have. */
  readonly countsUse: boolean;
  readonly idleTimeoutMs: number;
  readonly gate: Gate;
  /** Makes an environment that is still to be initialized; memory has been taken for it. */
  readonly create: (target: FunctionTarget) => Promise<Environment>;
  /** Frees memory that holds no environment. @returns about how many MB are being freed */
  readonly freeOther: (neededMb: number) => number;
}

/** Gives events to environments: every environment there is, and who waits for one. */
export class Scheduler {
  readonly all = new Set<Environment>();
  readonly #options: SchedulerOptions;
  readonly #queues = new Map<string, TargetQueue>();
  /** What each is counted for. */
  readonly #countedMb = new Map<Environment, number>();
  readonly #idleSince = new Map<Environment, number>();
  readonly #ending = new Map<Environment, Promise<void>>();
  readonly #processors = new ProcessorTime();
  readonly #sweeper: NodeJS.Timeout;
  #endingMb = 0;
  #closed = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => this.#endIdle(), Math.max(20, options.idleTimeoutMs / 10));
    this.#sweeper.unref();
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
    this.#recount(queue, environment);
    this.#offer(queue, environment, outlives(environment));
  }

  /** Ends the target's environments, busy ones when they are released. */
  retire(targetId: string): void {
    const queue = this.#queues.get(targetId);
    if (queue === undefined) return;
    queue.retired = true;
    for (const environment of queue.idle.slice()) this.#endLater(environment);
    this.#forgetIfEmpty(queue);
  }

  /** Ends the environment; resolves when nothing of it is left. */
  end(environment: Environment): Promise<void> {
    const known = this.#ending.get(environment);
    if (known !== undefined) return known;
    this.#removeIdle(environment);
    const ending = this.#stop(environment);
    this.#ending.set(environment, ending);
    return ending;
  }

  /** How many events wait, by target. */
  waiting(): readonly { readonly target: FunctionTarget; readonly count: number }[] {
    return [...this.#queues.values()]
      .filter(({ waiting }) => waiting.length > 0)
      .map(({ target, waiting }) => ({ target, count: waiting.length }));
  }

  /** From now on no environment waits and no event is taken. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const queue of this.#queues.values()) {
      for (const waiter of queue.waiting.splice(0)) waiter.reject(closing());
      for (const environment of queue.idle.slice()) this.#endLater(environment);
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
      const environment = queue.idle.at(-1);
      if (environment === undefined) return undefined;
      this.#removeIdle(environment);
      if (outlives(environment)) return environment;
      this.#endLater(environment);
    }
  }

  #removeIdle(environment: Environment): void {
    if (!this.#idleSince.delete(environment)) return;
    const { idle } = this.#queueOf(environment.target);
    idle.splice(idle.lastIndexOf(environment), 1);
  }

  /** Gives an environment that can run to whoever waits longest. */
  #offer(queue: TargetQueue, environment: Environment, mayRun = true): void {
    if (this.#closed || !environment.reusable || !mayRun) {
      this.#endLater(environment);
      this.#grow(queue);
    } else {
      const waiter = queue.waiting.shift();
      if (waiter !== undefined) {
        queue.busy++;
        waiter.resolve(environment);
      } else if (queue.retired) {
        this.#endLater(environment);
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
    const { gate } = this.#options;
    const leave = await gate.enter();
    try {
      // Whoever it was asked for may have been served meanwhile, or be served sooner than was thought.
      if (this.#closed || this.#startsWorth(queue) < 0) return undefined;
      const beganAt = performance.now();
      const environment = await this.#create(queue);
      try {
        // Others may start as soon as its process runs: the function's own INIT can take seconds.
        await environment.initialize(leave);
        queue.noteStart(performance.now() - beganAt);
        return environment;
      } catch (error) {
        await this.end(environment);
        throw error;
      }
    } finally {
      leave();
    }
  }

  async #create(queue: TargetQueue): Promise<Environment> {
    const { memory, create } = this.#options;
    const sizeMb = queue.likelyMb;
    await memory.take(sizeMb, (neededMb) => this.#evict(neededMb));
    try {
      const environment = await create(queue.target);
      if (this.#closed) throw closing();
      this.all.add(environment);
      this.#countedMb.set(environment, sizeMb);
      return environment;
    } catch (error) {
      memory.giveBack(sizeMb);
      throw error;
    }
  }

  /** After an event it is known better what it takes. */
  #recount(queue: TargetQueue, environment: Environment): void {
    const before = this.#countedMb.get(environment);
    if (before === undefined) return;
    const sizeMb = queue.measuredMb(environment.peakMemoryMb);
    if (sizeMb === before) return;
    this.#countedMb.set(environment, sizeMb);
    const excessMb = this.#options.memory.change(sizeMb - before);
    if (excessMb > 0) this.#evict(excessMb);
  }

  /** An event that could get no environment is told why, unless another environment will be free for it. */
  #refuse(queue: TargetQueue, error: unknown): void {
    const others = queue.busy + queue.starting - 1;
    if (others > 0 && error instanceof EngineError && error.code === "insufficient-memory") queue.pause(performance.now());
    else queue.waiting.shift()?.reject(error);
  }

  #endLater(environment: Environment): void {
    void this.end(environment).catch(() => {});
  }

  async #stop(environment: Environment): Promise<void> {
    const sizeMb = this.#countedMb.get(environment) ?? 0;
    this.#countedMb.delete(environment);
    this.#endingMb += sizeMb;
    try {
      await environment.stop();
    } finally {
      this.#endingMb -= sizeMb;
      this.all.delete(environment);
      this.#ending.delete(environment);
      this.#options.memory.giveBack(sizeMb);
    }
  }

  #endIdle(): void {
    const before = performance.now() - this.#options.idleTimeoutMs;
    for (const [environment, since] of this.#idleSince) {
      if (since > before) break;
      this.#endLater(environment);
    }
  }

  /** Ends what was used longest ago until about so much is being freed. */
  #evict(neededMb: number): number {
    const freedMb = this.#options.freeOther(neededMb - this.#endingMb);
    for (const environment of this.#idleSince.keys()) {
      if (freedMb + this.#endingMb >= neededMb) break;
      this.#endLater(environment);
    }
    return freedMb + this.#endingMb;
  }
}

const closing = (): EngineError => new EngineError("closed", "The engine is shutting down.");

const outlives = (environment: Environment): boolean =>
  environment.expiresAtMs - Date.now() > environment.target.timeoutMs + engineLimits.credentialMarginMs;
