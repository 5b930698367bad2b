import type { DueTopicDelivery, TopicDeliveryStore } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import { limits } from "../limits.ts";

/**
 * What becomes of a delivery: nothing more (`more`: another one of its group may be due now), again later, or it is left for the next start.
 */
export type Outcome =
  | { readonly kind: "over"; readonly more: boolean }
  | { readonly kind: "later"; readonly dueAtMs: number }
  | { readonly kind: "left" };

/** What deliveries go through: one outlet for each subscription that is owed anything. */
export interface Outlets {
  /** Something is due at a time. */
  wake(subscriptionId: number, dueAtMs: number): void;
  /** Starts nothing more; resolves when what is under way is done. */
  close(): Promise<void>;
}

interface OutletResources {
  readonly store: Pick<TopicDeliveryStore, "due">;
  readonly clock: Clock;
  readonly carryOut: (delivery: DueTopicDelivery) => Promise<Outcome>;
  readonly problem: (line: string) => void;
}

/** A subscription that is owed something. */
interface Outlet {
  readonly subscriptionId: number;
  readonly underWay: Set<number>;
  /** So many at once: one more after each that was taken, few again after a failure. */
  width: number;
  /** From when on the store has to be asked. */
  nextAtMs: number | undefined;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
}

const newOutlet = (subscriptionId: number): Outlet => ({
  subscriptionId,
  underWay: new Set(),
  width: limits.subscriptionUnderWayCount,
  nextAtMs: undefined,
  timer: undefined,
  isReading: false,
});

/** Has the store asked at that time, if not before. */
function soon(outlet: Outlet, dueAtMs: number): void {
  outlet.nextAtMs = Math.min(outlet.nextAtMs ?? dueAtMs, dueAtMs);
}

function adapt(outlet: Outlet, { kind }: Outcome): void {
  const isTaken = kind === "over";
  outlet.width = isTaken ? Math.min(limits.subscriptionMostUnderWayCount, outlet.width + 1) : limits.subscriptionUnderWayCount;
}

/** No timer of Node's is longer. */
const longestTimerMs = 2_000_000_000;

/**
 * Outlets read what is due from the store, a few deliveries at a time: a backlog costs no memory, and a subscription whose endpoint hangs holds up no
 * other one's. Where too much is under way they wait in turn.
 */
export function createOutlets({ store, clock, carryOut, problem }: OutletResources): Outlets {
  const outlets = new Map<number, Outlet>();
  const inTurn = new Set<Outlet>();
  const underWay = new Set<Promise<void>>();
  let isClosed = false;

  function pump(outlet: Outlet): void {
    clearTimeout(outlet.timer);
    // Not one at a time: half of them are read at once.
    if (isClosed || outlet.isReading || outlet.underWay.size > outlet.width / 2) return;
    if (outlet.nextAtMs === undefined) {
      if (outlet.underWay.size === 0) outlets.delete(outlet.subscriptionId);
      return;
    }
    const waitMs = outlet.nextAtMs - clock.now();
    if (waitMs > 0) {
      outlet.timer = setTimeout(() => pump(outlet), Math.min(waitMs, longestTimerMs));
      return;
    }
    if (underWay.size >= limits.underWayCount) return void inTurn.add(outlet);
    read(outlet).catch((error: unknown) => {
      problem(`The deliveries of a topic's subscription could not be read: ${String(error)}`);
      outlet.isReading = false;
      retryLater(outlet);
    });
  }

  async function read(outlet: Outlet): Promise<void> {
    outlet.isReading = true;
    outlet.nextAtMs = undefined;
    const count = outlet.width - outlet.underWay.size;
    const { deliveries, nextAtMs } = await store.due(outlet.subscriptionId, clock.now(), count, [...outlet.underWay]);
    outlet.isReading = false;
    if (isClosed) return;
    for (const delivery of deliveries) start(outlet, delivery);
    if (nextAtMs !== undefined) outlet.nextAtMs = Math.min(outlet.nextAtMs ?? nextAtMs, nextAtMs);
    pump(outlet);
  }

  function start(outlet: Outlet, delivery: DueTopicDelivery): void {
    outlet.underWay.add(delivery.id);
    const work: Promise<void> = run(outlet, delivery).finally(() => {
      underWay.delete(work);
      outlet.underWay.delete(delivery.id);
      pump(outlet);
      const [next] = inTurn;
      if (next !== undefined && inTurn.delete(next)) pump(next);
    });
    underWay.add(work);
  }

  async function run(outlet: Outlet, delivery: DueTopicDelivery): Promise<void> {
    try {
      const outcome = await carryOut(delivery);
      adapt(outlet, outcome);
      if (outcome.kind === "later") soon(outlet, outcome.dueAtMs);
      if (outcome.kind === "over" && outcome.more) soon(outlet, clock.now());
    } catch (error) {
      problem(`Message ${delivery.messageId} could not be delivered: ${String(error)}`);
      retryLater(outlet);
    }
  }

  const retryLater = (outlet: Outlet): void => {
    soon(outlet, clock.now() + limits.failureMs);
    pump(outlet);
  };

  return {
    wake(subscriptionId, dueAtMs) {
      let outlet = outlets.get(subscriptionId);
      if (outlet === undefined) {
        outlet = newOutlet(subscriptionId);
        outlets.set(subscriptionId, outlet);
      }
      soon(outlet, dueAtMs);
      pump(outlet);
    },
    async close() {
      isClosed = true;
      for (const { timer } of outlets.values()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
