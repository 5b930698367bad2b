import type { Clock } from "@mayfly/kernel";
import { keyText, type FunctionKey } from "../function-name.ts";
import type { ThrottleReason } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";
import { planOf, type ConcurrencySettings } from "../provisioned-concurrency/shares.ts";
import { RequestRates } from "./request-rates.ts";

/** A place for one invocation, to be given back once; or why there is none. */
type Place = { readonly leave: () => void } | { readonly refused: ThrottleReason };

type Account = Pick<FunctionKey, "accountId" | "region">;

/** Counts what runs, and what functions have for themselves, in memory. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export interface Concurrency {
  /**
   * Takes a place for an invocation of a version: one of those that are provisioned for it; else one of what the function has reserved beyond what is
   * provisioned, or of what the account has that no function has for itself. Somebody who waits for the answer counts for the requests that may come in
   * a second as well, an asynchronous event does not. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  enter(record: FunctionKey & ConcurrencySettings, versionNumber: number, requested: "synchronously" | "asynchronously"): Place;
  /** Notes how much of the account's concurrency a function has for itself; undefined if there is no such function. */
  commit(key: FunctionKey, count: number | undefined): void;
  /** What all functions of the account in the region have for themselves, but for the given one. */
  committedBeside(account: Account, except?: FunctionKey): number;
}

interface Scope {
  readonly commitments: Map<string, number>;
  committed: number;
  running: number;
}

/** Invocations by what they count for. */
class Running {
  readonly #counts = new Map<string, number>();

  /** Takes one of so many; undefined if there is none left. */
  enter(text: string, limit: number): (() => void) | undefined {
    const running = this.#counts.get(text) ?? 0;
    if (running >= limit) return undefined;
    this.#counts.set(text, running + 1);
    return () => this.#leave(text);
  }

  #leave(text: string): void {
    const running = (this.#counts.get(text) ?? 1) - 1;
    if (running > 0) this.#counts.set(text, running);
    else this.#counts.delete(text);
  }
}

/** No function has anything for itself at first. */
export function createConcurrency(limits: LambdaLimits, clock: Clock): Concurrency {
  const rates = new RequestRates(clock);
  const scopes = new Map<string, Scope>();
  const provisionedRunning = new Running();
  const reservedRunning = new Running();

  const scopeOf = ({ accountId, region }: Account): Scope => {
    const text = `${accountId}/${region}`;
    let scope = scopes.get(text);
    if (scope === undefined) scopes.set(text, (scope = { commitments: new Map(), committed: 0, running: 0 }));
    return scope;
  };

  const enterUnreserved = (record: FunctionKey): Place => {
    const scope = scopeOf(record);
    if (scope.running >= limits.concurrentExecutionCount - scope.committed) return { refused: "ConcurrentInvocationLimitExceeded" };
    scope.running++;
    return { leave: () => void scope.running-- };
  };

  const enterReserved = (record: FunctionKey, count: number): Place => {
    const leave = reservedRunning.enter(keyText(record), count);
    return leave === undefined ? { refused: "ReservedFunctionConcurrentInvocationLimitExceeded" } : { leave };
  };

  const enterConcurrency = (record: FunctionKey & ConcurrencySettings, versionNumber: number): Place => {
    const { counts, total } = planOf(record);
    const provisioned = counts.get(versionNumber);
    const leave = provisioned && provisionedRunning.enter(`${keyText(record)}/${versionNumber}`, provisioned);
    if (leave) return { leave };
    const reserved = record.reservedConcurrency;
    return reserved === undefined ? enterUnreserved(record) : enterReserved(record, reserved - total);
  };

  const exceededRate = (record: FunctionKey & ConcurrencySettings): ThrottleReason | undefined => {
    const { reservedConcurrency: reserved } = record;
    if (reserved !== undefined) {
      const within = rates.take(keyText(record), reserved * limits.requestsPerConcurrencyCount);
      return within ? undefined : "ReservedFunctionInvocationRateLimitExceeded";
    }
    const within = rates.take(`${record.accountId}/${record.region}`, limits.concurrentExecutionCount * limits.requestsPerConcurrencyCount);
    return within ? undefined : "FunctionInvocationRateLimitExceeded";
  };

  return {
    enter(record, versionNumber, requested) {
      const place = enterConcurrency(record, versionNumber);
      if ("refused" in place || requested === "asynchronously") return place;
      const refused = exceededRate(record);
      if (refused === undefined) return place;
      place.leave();
      return { refused };
    },
    commit(key, count = 0) {
      const scope = scopeOf(key);
      scope.committed += count - (scope.commitments.get(key.functionName) ?? 0);
      if (count === 0) scope.commitments.delete(key.functionName);
      else scope.commitments.set(key.functionName, count);
    },
    committedBeside(account, except) {
      const scope = scopeOf(account);
      return scope.committed - (except === undefined ? 0 : (scope.commitments.get(except.functionName) ?? 0));
    },
  };
}
