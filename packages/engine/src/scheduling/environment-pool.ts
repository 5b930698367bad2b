import type { Environment } from "../environment/environment.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";
import type { MemoryAdmission } from "./memory-admission.ts";

/** Every environment there is, and which of them wait for an event. */
export interface EnvironmentPool {
  readonly all: ReadonlySet<Environment>;
  add(environment: Environment): void;
  /** The target's environment that was used last, if one waits; it is then the caller's. */
  take(target: FunctionTarget): Environment | undefined;
  /** Takes one back that has run its event: it waits for the next, or ends if it can't have one. */
  putBack(environment: Environment): void;
  /** Ends the target's environments, busy ones when they are put back. */
  retire(targetId: string): void;
  /** Ends those least recently used until about so much is being freed. @returns how much is */
  evict(neededMb: number): number;
  end(environment: Environment): Promise<void>;
  endLater(environment: Environment): void;
  /** From now on none waits. */
  close(): void;
}

/** Memory goes back when an environment is gone. */
export function createEnvironmentPool(memory: MemoryAdmission, idleTimeoutMs: number): EnvironmentPool {
  const all = new Set<Environment>();
  /** Least recently used first. */
  const idle = new Map<Environment, NodeJS.Timeout>();
  const ending = new Set<Environment>();
  const retiring = new WeakSet<Environment>();
  let endingMb = 0;
  let closed = false;

  const end = async (environment: Environment): Promise<void> => {
    clearTimeout(idle.get(environment));
    idle.delete(environment);
    if (!all.has(environment) || ending.has(environment)) return environment.stop();
    const { memorySizeMb } = environment.target;
    ending.add(environment);
    endingMb += memorySizeMb;
    try {
      await environment.stop();
    } finally {
      ending.delete(environment);
      endingMb -= memorySizeMb;
      all.delete(environment);
      memory.giveBack(memorySizeMb);
    }
  };
  const endLater = (environment: Environment): void => void end(environment).catch(() => {});

  const outlives = (environment: Environment): boolean =>
    environment.expiresAtMs - Date.now() > environment.target.timeoutMs + engineLimits.credentialMarginMs;

  return {
    all,
    end,
    endLater,
    add: (environment) => void all.add(environment),
    take(target) {
      let last: Environment | undefined;
      for (const environment of idle.keys()) {
        if (environment.target.id !== target.id) continue;
        if (outlives(environment)) last = environment;
        else endLater(environment);
      }
      if (last === undefined) return undefined;
      clearTimeout(idle.get(last));
      idle.delete(last);
      return last;
    },
    putBack(environment) {
      if (closed || !environment.reusable || retiring.has(environment)) return endLater(environment);
      const timer = setTimeout(() => endLater(environment), idleTimeoutMs);
      timer.unref();
      idle.set(environment, timer);
    },
    retire(targetId) {
      for (const environment of all) {
        if (environment.target.id !== targetId) continue;
        if (idle.has(environment)) endLater(environment);
        else retiring.add(environment);
      }
    },
    evict(neededMb) {
      for (const environment of idle.keys()) {
        if (endingMb >= neededMb) break;
        endLater(environment);
      }
      return endingMb;
    },
    close() {
      closed = true;
      for (const environment of idle.keys()) endLater(environment);
    },
  };
}
