import { keyText, type FunctionKey } from "../function-name.ts";
import type { ThrottleReason } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";

/** Counts what runs, and what functions have reserved, in memory. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export interface Concurrency {
  /** Takes a place for one invocation; every place is given back by `leave` with the same arguments. Undefined: it was taken. */
  enter(key: FunctionKey, reserved: number | undefined): ThrottleReason | undefined;
  leave(key: FunctionKey, reserved: number | undefined): void;
  /** Notes a function's reservation; undefined removes it. */
  reserve(key: FunctionKey, reserved: number | undefined): void;
  /** Reserved by all functions of the account in the region, but for the given one. */
  reservedBeside(scope: Pick<FunctionKey, "accountId" | "region">, except?: FunctionKey): number;
}

interface Scope {
  readonly reservations: Map<string, number>;
  reserved: number;
  unreservedRunning: number;
}

/** Nothing is reserved at first. */
export function createConcurrency(limits: LambdaLimits): Concurrency {
  const scopes = new Map<string, Scope>();
  const reservedRunning = new Map<string, number>();

  const scopeOf = ({ accountId, region }: Pick<FunctionKey, "accountId" | "region">): Scope => {
    const text = `${accountId}/${region}`;
    let scope = scopes.get(text);
    if (scope === undefined) scopes.set(text, (scope = { reservations: new Map(), reserved: 0, unreservedRunning: 0 }));
    return scope;
  };

  return {
    enter(key, reserved) {
      if (reserved === undefined) {
        const scope = scopeOf(key);
        if (scope.unreservedRunning >= limits.concurrentExecutionCount - scope.reserved) return "ConcurrentInvocationLimitExceeded";
        scope.unreservedRunning++;
        return undefined;
      }
      const text = keyText(key);
      const running = reservedRunning.get(text) ?? 0;
      if (running >= reserved) return "ReservedFunctionConcurrentInvocationLimitExceeded";
      reservedRunning.set(text, running + 1);
      return undefined;
    },
    leave(key, reserved) {
      if (reserved === undefined) {
        scopeOf(key).unreservedRunning--;
        return;
      }
      const text = keyText(key);
      const running = (reservedRunning.get(text) ?? 1) - 1;
      if (running > 0) reservedRunning.set(text, running);
      else reservedRunning.delete(text);
    },
    reserve(key, reserved) {
      const scope = scopeOf(key);
      scope.reserved += (reserved ?? 0) - (scope.reservations.get(key.functionName) ?? 0);
      if (reserved === undefined) scope.reservations.delete(key.functionName);
      else scope.reservations.set(key.functionName, reserved);
    },
    reservedBeside(wanted, except) {
      const scope = scopeOf(wanted);
      return scope.reserved - (except === undefined ? 0 : (scope.reservations.get(except.functionName) ?? 0));
    },
  };
}
