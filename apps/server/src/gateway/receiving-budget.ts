/** Bounds what bodies may take of the server's memory while it is not known yet who sends them. */
export interface ReceivingBudget {
  /** @param owner the function whose sandbox the body comes from; undefined for all others */
  account(owner: string | undefined): BodyAccount;
}

/** What one body takes. */
export interface BodyAccount {
  /** False if there is no room for so many bytes more; then nothing is taken. */
  take(bytes: number): boolean;
  /** Gives all back. Idempotent. */
  close(): void;
}

/** Of one function: at least one of the largest bodies that AWS allows, the code of another function. */
const bytesOfFunction = 96 * 1024 * 1024;
/** Of everybody else together. */
const bytesOfOthers = 1024 * 1024 * 1024;

/**
 * Makes a budget. Each function has one of its own, so that none can use up its neighbours'.
 * @param largestBytes the largest body that any operation takes: there is always room for one
 */
export function createReceivingBudget(largestBytes: number): ReceivingBudget {
  const taken = new Map<string | undefined, number>();
  return {
    account(owner) {
      const most = Math.max(owner === undefined ? bytesOfOthers : bytesOfFunction, largestBytes);
      let own = 0;
      return {
        take(bytes) {
          const all = (taken.get(owner) ?? 0) + bytes;
          if (all > most) return false;
          taken.set(owner, all);
          own += bytes;
          return true;
        },
        close() {
          const left = (taken.get(owner) ?? 0) - own;
          own = 0;
          if (left > 0) taken.set(owner, left);
          else taken.delete(owner);
        },
      };
    },
  };
}
