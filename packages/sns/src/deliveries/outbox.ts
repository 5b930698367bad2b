import type { Database } from "@mayfly/db";
import type { Scope } from "../topics/topic.ts";
import type { OutboxMail } from "./protocols/mail.ts";

/** A mail of the outbox. `id` grows with the order of sending. */
interface SentMail extends OutboxMail {
  readonly id: number;
  readonly sentAtMs: number;
}

/** Mails that topics sent: none leaves this machine. */
export interface Outbox {
  /** Newest first, those before `beforeId`. */
  list(scope: Scope, beforeId: number | undefined, count: number): Promise<readonly SentMail[]>;
}

/** The mails that lie in the hot store. */
export const createOutbox = ({ topicDeliveries }: Pick<Database, "topicDeliveries">): Outbox => ({
  async list({ accountId, region }, beforeId, count) {
    const mails = await topicDeliveries.mails({ accountId, region }, beforeId, count);
    return mails.map(({ id, sentAtMs, content }) => ({ ...(JSON.parse(content) as OutboxMail), id, sentAtMs }));
  },
});
