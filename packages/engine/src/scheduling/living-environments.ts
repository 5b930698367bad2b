import type { Environment } from "../environment/environment.ts";
import { EngineError } from "../engine-error.ts";
import type { FunctionTarget, InitializationType } from "../types.ts";
import type { MemoryAdmission } from "./memory-admission.ts";

/** What environments are made with. */
export interface LivingOptions {
  readonly memory: MemoryAdmission;
  /** Makes an environment that is still to be initialized; memory has been taken for it. */
  readonly create: (target: FunctionTarget, initializationType: InitializationType) => Promise<Environment>;
  /** Frees memory that holds no environment. @returns about how many MB are being freed */
  readonly freeOther: (neededMb: number) => number;
}

/** What is done with environments by whoever gives them work. */
export interface LivingHooks {
  /** Those that may be ended for others, the first one first. */
  evictable(): Iterable<Environment>;
  /** One begins to end: it takes no work any more. */
  ends(environment: Environment): void;
}

/** Every environment there is: each counts against the machine's memory from before it is made until nothing of it is left. */
export class LivingEnvironments {
  readonly all = new Set<Environment>();
  readonly #options: LivingOptions;
  readonly #hooks: LivingHooks;
  /** What each is counted for. */
  readonly #countedMb = new Map<Environment, number>();
  readonly #ending = new Map<Environment, Promise<void>>();
  #endingMb = 0;
  #closed = false;

  constructor(options: LivingOptions, hooks: LivingHooks) {
    this.#options = options;
    this.#hooks = hooks;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** From now on none is made. */
  close(): void {
    this.#closed = true;
  }

  /** Makes one that is still to be initialized. @throws EngineError */
  async make(target: FunctionTarget, initializationType: InitializationType, sizeMb: number): Promise<Environment> {
    const { memory, create } = this.#options;
    await memory.take(sizeMb, (neededMb) => this.#evict(neededMb));
    try {
      const environment = await create(target, initializationType);
      if (this.#closed) throw closing();
      this.all.add(environment);
      this.#countedMb.set(environment, sizeMb);
      return environment;
    } catch (error) {
      memory.giveBack(sizeMb);
      throw error;
    }
  }

  /** It is known better what it takes. */
  recount(environment: Environment, sizeMb: number): void {
    const before = this.#countedMb.get(environment);
    if (before === undefined || sizeMb === before) return;
    this.#countedMb.set(environment, sizeMb);
    const excessMb = this.#options.memory.change(sizeMb - before);
    if (excessMb > 0) this.#evict(excessMb);
  }

  /** Ends the environment; resolves when nothing of it is left. */
  end(environment: Environment): Promise<void> {
    const known = this.#ending.get(environment);
    if (known !== undefined) return known;
    const ending = this.#stop(environment);
    this.#ending.set(environment, ending);
    this.#hooks.ends(environment);
    return ending;
  }

  /** The same, for whoever does not wait. */
  endLater(environment: Environment): void {
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

  /** Ends what may be ended until about so much is being freed. */
  #evict(neededMb: number): number {
    const freedMb = this.#options.freeOther(neededMb - this.#endingMb);
    for (const environment of this.#hooks.evictable()) {
      if (freedMb + this.#endingMb >= neededMb) break;
      this.endLater(environment);
    }
    return freedMb + this.#endingMb;
  }
}

/** The engine takes nothing any more. */
export const closing = (): EngineError => new EngineError("closed", "The engine is shutting down.");
