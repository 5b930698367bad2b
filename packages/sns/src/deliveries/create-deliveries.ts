import type { SnsGiven } from "../resources.ts";
import type { TopicDirectory } from "../topics/directory.ts";
import type { Deliveries } from "./deliveries.ts";

/** What carries messages is made of. */
export type DeliveriesGiven = SnsGiven & { readonly topics: TopicDirectory };

/** Accepts messages and delivers none yet. */
export function createDeliveries(_given: DeliveriesGiven): Deliveries {
  return {
    accept: async ({ messageId }) => ({ messageId, sequenceNumber: undefined }),
    requestConfirmation: async () => {},
    confirmUnsubscription: async () => {},
    start: async () => {},
    close: async () => {},
  };
}
