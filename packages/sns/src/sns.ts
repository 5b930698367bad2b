import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { createDeliveries } from "./deliveries/create-deliveries.ts";
import { createOutbox, type Outbox } from "./deliveries/outbox.ts";
import { operations } from "./operations/index.ts";
import type { SnsGiven } from "./resources.ts";
import { removeStaleSubscriptions } from "./subscriptions/remove-stale.ts";
import { createTopicDirectory } from "./topics/directory.ts";

/** SNS and what it does in the background. */
export interface Sns {
  readonly service: Service;
  /** Where mails lie. */
  readonly outbox: Outbox;
  /** The certificate that notifications are signed by, in PEM, if it is at that path of this server. */
  signingCertificate(path: string): Promise<string | undefined>;
  /** Starts what runs in the background: deliveries that are left from before. */
  start(): Promise<void>;
  /** Removes subscriptions that nobody confirmed in time; it does so by itself, every hour. */
  removeStale(): Promise<void>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Tokens last two days. */
const staleIntervalMs = 3_600_000;

/** AWS's SNS over the given database. */
export function createSns(given: SnsGiven): Sns {
  const topics = createTopicDirectory(given);
  const deliveries = createDeliveries({ ...given, topics });
  const lock = createKeyLock();
  const removeStale = (): Promise<void> => removeStaleSubscriptions({ ...given, topics, lock });
  let timer: NodeJS.Timeout | undefined;
  return {
    service: defineService("sns", operations, { ...given, topics, deliveries, lock }),
    outbox: createOutbox(given.db),
    signingCertificate: (path) => deliveries.certificate(path),
    async start() {
      await removeStale();
      timer = setInterval(() => void removeStale(), staleIntervalMs).unref();
      await deliveries.start();
    },
    removeStale,
    async close() {
      clearInterval(timer);
      await deliveries.close();
    },
  };
}
