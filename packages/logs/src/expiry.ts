import { limits } from "./limits.ts";
import type { LogsResources } from "./resources.ts";
import { retainedFromMs } from "./retention.ts";

/** The task that removes lines beyond their group's retention. */
export interface Expiry {
  start(): void;
  close(): Promise<void>;
}

/** Removes expired lines now: what reading hides already leaves the disk. */
export async function expireLines({ db, clock }: LogsResources): Promise<void> {
  const groups = await db.models.logGroup.findMany({ where: { retentionInDays: { not: null } } });
  for (const { accountId, region, logGroupName, retentionInDays } of groups) {
    const beforeMs = retainedFromMs({ retentionInDays }, clock.now());
    if (beforeMs !== undefined) await db.logEvents.expire({ accountId, region, logGroupName }, beforeMs);
  }
}

/** Looks at start and then once an interval. */
export function createExpiry(resources: LogsResources): Expiry {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  // A sweep that fails (a full disk, a database that is being closed) is made up for by the next one.
  const sweep = (): void => void (running = running.then(() => expireLines(resources)).catch(() => undefined));
  return {
    start() {
      if (timer !== undefined) return;
      sweep();
      timer = setInterval(sweep, limits.expiryIntervalMs).unref();
    },
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
