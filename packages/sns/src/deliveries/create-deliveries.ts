import { createOutlets } from "@mayfly/kernel";
import { limits } from "../limits.ts";
import type { SnsGiven } from "../resources.ts";
import type { TopicDirectory } from "../topics/directory.ts";
import { accept, confirmations } from "./accept.ts";
import { carryOut, type CarryOutResources } from "./carry-out.ts";
import type { Deliveries } from "./deliveries.ts";
import { createPace } from "./pace.ts";
import { createSigner } from "./signing/sign.ts";
import { createSigningKeys } from "./signing/signing-key.ts";

/** What carries messages is made of. */
export type DeliveriesGiven = SnsGiven & { readonly topics: TopicDirectory };

/** Messages on disk, and who carries them to their subscribers. */
export function createDeliveries(given: DeliveriesGiven): Deliveries {
  const { db, clock, problem } = given;
  const ending = new AbortController();
  const keys = createSigningKeys(given.signingKeyFile, () => clock.now());
  const resources: CarryOutResources = {
    ...given,
    sign: createSigner(keys),
    ending: ending.signal,
    pace: createPace(clock, ending.signal),
  };
  const outlets = createOutlets({
    due: (subscriptionId: number, ...asked) => db.topicDeliveries.due(subscriptionId, ...asked),
    carryOut: (due) => carryOut(resources, due),
    clock,
    limits: {
      underWayCount: limits.underWayCount,
      reserveCount: limits.reserveCount,
      startCount: limits.subscriptionUnderWayCount,
      mostCount: limits.subscriptionMostUnderWayCount,
      failureMs: limits.failureMs,
    },
    problem,
  });
  const accepting = { ...given, wake: (subscriptionId: number, dueAtMs: number) => outlets.wake(subscriptionId, dueAtMs) };
  let sweep: NodeJS.Timeout | undefined;
  return {
    accept: (message, subscriptions) => accept(accepting, message, subscriptions),
    ...confirmations(accepting),
    certificate: async (path) => {
      const key = await keys.get();
      return path === key.path ? key.certificate : undefined;
    },
    async start() {
      for (const { subscriptionId, dueAtMs } of await db.topicDeliveries.pending()) outlets.wake(subscriptionId, dueAtMs);
      sweep = setInterval(() => void forgetRepetitions(given), limits.sweepMs).unref();
    },
    async close() {
      clearInterval(sweep);
      ending.abort();
      await outlets.close();
    },
  };
}

async function forgetRepetitions({ db, clock, problem }: DeliveriesGiven): Promise<void> {
  try {
    while ((await db.topicDeliveries.forgetRepetitions(clock.now(), limits.sweepCount)) === limits.sweepCount);
  } catch (error) {
    problem(`What tells repetitions of messages apart could not be thrown away: ${String(error)}`);
  }
}
