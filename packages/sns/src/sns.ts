import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { limits } from "./limits.ts";
import { createDeliveries } from "./deliveries/create-deliveries.ts";
import { createOutbox, type Outbox } from "./deliveries/outbox.ts";
import { operations } from "./operations/index.ts";
import type { SnsGiven } from "./resources.ts";
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
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** AWS's SNS over the given database. */
export function createSns(given: SnsGiven): Sns {
  const topics = createTopicDirectory(given);
  const deliveries = createDeliveries({ ...given, topics });
  return {
    service: defineService("sns", operations, { ...given, topics, deliveries, lock: createKeyLock() }),
    outbox: createOutbox(given.db),
    signingCertificate: (path) => deliveries.certificate(path),
    async start() {
      await topics.removeStale(given.clock.now() - limits.tokenMs);
      await deliveries.start();
    },
    close: () => deliveries.close(),
  };
}
