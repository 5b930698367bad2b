import { engineLimits } from "../limits.ts";

/** What one environment may still spend on having its output read. */
export interface ReadingAccount {
  /** False while it owes. */
  readonly maySpend: boolean;
  spend(cost: number): void;
  /** Calls back once it owes nothing any more; at once if so already. */
  whenPaid(callback: () => void): void;
}

/**
 * Shares what reading output may cost the server. Each environment has a little of its own, which bounds none that logs as people read; what goes beyond comes
 * out of a pot that all share. When that is empty, those that owe wait and get equal parts of what comes in: their pipes fill, and then their writes wait.
 */
export interface ReadingBudget {
  account(): ReadingAccount;
  /** From here on nobody waits: everything is about to end. */
  open(): void;
}

interface Account {
  balance: number;
  /** Up to when it has got its own part. */
  sinceMs: number;
  /** An environment's standard output and its standard error may both wait. */
  callbacks: (() => void)[];
}

const { logOwnCost, logOwnCostPerSecond, logSharedCost, logSharedCostPerSecond } = engineLimits;
const tickMs = 10;

export function createReadingBudget(nowMs: () => number = () => performance.now()): ReadingBudget {
  const waiting = new Set<Account>();
  let pot: number = logSharedCost;
  let potSinceMs = nowMs();
  let timer: NodeJS.Timeout | undefined;
  let isOpen = false;

  const fillPot = (now: number): void => {
    pot = Math.min(logSharedCost, pot + ((now - potSinceMs) * logSharedCostPerSecond) / 1_000);
    potSinceMs = now;
  };
  const fillOwn = (account: Account, now: number): void => {
    account.balance = Math.min(logOwnCost, account.balance + ((now - account.sinceMs) * logOwnCostPerSecond) / 1_000);
    account.sinceMs = now;
  };
  const give = (account: Account, part: number): void => {
    account.balance += part;
    pot -= part;
  };
  const release = (account: Account): void => {
    waiting.delete(account);
    const { callbacks } = account;
    account.callbacks = [];
    for (const callback of callbacks) callback();
  };
  const tick = (): void => {
    const now = nowMs();
    fillPot(now);
    const part = pot / waiting.size;
    for (const account of Array.from(waiting)) {
      fillOwn(account, now);
      give(account, part);
      if (account.balance >= 0 || isOpen) release(account);
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    account() {
      const account: Account = { balance: logOwnCost, sinceMs: nowMs(), callbacks: [] };
      return {
        get maySpend() {
          return account.balance >= 0 || isOpen;
        },
        spend(cost) {
          account.balance -= cost;
          if (account.balance >= 0) return;
          const now = nowMs();
          fillOwn(account, now);
          fillPot(now);
          // Those who wait come first.
          if (waiting.size === 0) give(account, Math.max(0, Math.min(-account.balance, pot)));
        },
        whenPaid(callback) {
          if (account.balance >= 0 || isOpen) return callback();
          account.callbacks.push(callback);
          waiting.add(account);
          timer ??= setInterval(tick, tickMs);
        },
      };
    },
    open() {
      isOpen = true;
      for (const account of Array.from(waiting)) release(account);
      clearInterval(timer);
    },
  };
}
