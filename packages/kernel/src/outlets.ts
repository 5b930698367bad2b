import type { Clock } from "./clock.ts";

/** Something that is to be delivered, and whose time has come. */
export interface DueDelivery {
  readonly id: number;
}

/** What a receiver is owed now, and when the next one after it is due, if nothing changes. */
export interface DueDeliveries<Delivery extends DueDelivery> {
  readonly deliveries: readonly Delivery[];
  readonly nextAtMs: number | undefined;
}

/**
 * What becomes of a delivery: nothing more (`more`: another one of its group may be due now), again later, or it is left for the next start.
 */
export type DeliveryOutcome =
  | { readonly kind: "over"; readonly more: boolean }
  | { readonly kind: "later"; readonly dueAtMs: number }
  | { readonly kind: "left" };

/** What deliveries go through: one outlet for each receiver that is owed anything. */
export interface Outlets<Receiver> {
  /** Something is due at a time. */
  wake(receiver: Receiver, dueAtMs: number): void;
  /** Starts nothing more; resolves when what is under way is done. */
  close(): Promise<void>;
}

/** How much is under way at once. */
export interface OutletLimits {
  /** To all receivers together. */
  readonly underWayCount: number;
  /** So many more, to receivers to which nothing is under way, one each: those that hang hold up nobody. */
  readonly reserveCount: number;
  /** To one, at first and after a failure. */
  readonly startCount: number;
  /** To one at most: one more after each delivery that was taken. */
  readonly mostCount: number;
  /** After how long the store is asked again that could not be read. */
  readonly failureMs: number;
}

/** What outlets are made of. */
export interface OutletsGiven<Receiver, Delivery extends DueDelivery> {
  /** What a receiver is owed at a time, in order: at most `limit`, besides those that are under way. */
  readonly due: (receiver: Receiver, nowMs: number, limit: number, underWay: readonly number[]) => Promise<DueDeliveries<Delivery>>;
  /** Makes one attempt, and writes down what came of it. */
  readonly carryOut: (delivery: Delivery) => Promise<DeliveryOutcome>;
  readonly clock: Clock;
  readonly limits: OutletLimits;
  readonly problem: (line: string) => void;
}

/** A receiver that is owed something. */
interface Outlet<Receiver> {
  readonly receiver: Receiver;
  readonly underWay: Set<number>;
  /** So many at once: one more after each that was taken, few again after a failure. */
  width: number;
  /** From when on the store has to be asked. */
  nextAtMs: number | undefined;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
}

const newOutlet = <Receiver>(receiver: Receiver, width: number): Outlet<Receiver> => ({
  receiver,
  underWay: new Set(),
  width,
  nextAtMs: undefined,
  timer: undefined,
  isReading: false,
});

/** Has the store asked at that time, if not before. */
function soon(outlet: Outlet<unknown>, dueAtMs: number): void {
  outlet.nextAtMs = Math.min(outlet.nextAtMs ?? dueAtMs, dueAtMs);
}

function adapt(outlet: Outlet<unknown>, { kind }: DeliveryOutcome, { startCount, mostCount }: OutletLimits): void {
  outlet.width = kind === "over" ? Math.min(mostCount, outlet.width + 1) : startCount;
}

/** How many more deliveries may be under way, and who waits for that. */
function gateOf<Waiting extends Outlet<unknown>>({ underWayCount, reserveCount }: OutletLimits, underWay: ReadonlySet<unknown>) {
  const inTurn = new Set<Waiting>();
  /** Those that are being read from the store, at most. */
  let expected = 0;
  const free = (): number => underWayCount - underWay.size - expected;
  const room = ({ width, underWay: own }: Waiting): number => {
    const left = free();
    if (left > 0) return Math.min(left, width - own.size);
    return own.size === 0 && left > -reserveCount ? 1 : 0;
  };
  return {
    expect(count: number): void {
      expected += count;
    },
    /** To one receiver. */
    room,
    wait: (outlet: Waiting): void => void inTurn.add(outlet),
    /** One that hangs does not stand in the way of those behind it. */
    serve(pump: (outlet: Waiting) => void): void {
      for (const next of inTurn) {
        if (free() <= -reserveCount) return;
        if (room(next) <= 0) continue;
        inTurn.delete(next);
        pump(next);
      }
    },
  };
}

/** No timer of Node's is longer. */
const longestTimerMs = 2_000_000_000;

/**
 * Outlets read what is due from the store, a few deliveries at a time: a backlog costs no memory, and a receiver that hangs holds up no
 * other one. Where too much is under way they wait in turn.
 */
export function createOutlets<Receiver, Delivery extends DueDelivery>(given: OutletsGiven<Receiver, Delivery>): Outlets<Receiver> {
  const { due, carryOut, clock, limits, problem } = given;
  const outlets = new Map<Receiver, Outlet<Receiver>>();
  const underWay = new Set<Promise<void>>();
  const gate = gateOf<Outlet<Receiver>>(limits, underWay);
  let isClosed = false;

  function pump(outlet: Outlet<Receiver>): void {
    clearTimeout(outlet.timer);
    // Not one at a time: half of them are read at once.
    if (isClosed || outlet.isReading || outlet.underWay.size > outlet.width / 2) return;
    if (outlet.nextAtMs === undefined) {
      if (outlet.underWay.size === 0) outlets.delete(outlet.receiver);
      return;
    }
    const waitMs = outlet.nextAtMs - clock.now();
    if (waitMs > 0) {
      outlet.timer = setTimeout(() => pump(outlet), Math.min(waitMs, longestTimerMs));
      return;
    }
    const count = gate.room(outlet);
    if (count <= 0) return gate.wait(outlet);
    read(outlet, count).catch((error: unknown) => {
      problem(`Deliveries could not be read: ${String(error)}`);
      if (outlet.isReading) gate.expect(-count);
      outlet.isReading = false;
      retryLater(outlet);
    });
  }

  async function read(outlet: Outlet<Receiver>, count: number): Promise<void> {
    outlet.isReading = true;
    outlet.nextAtMs = undefined;
    gate.expect(count);
    const { deliveries, nextAtMs } = await due(outlet.receiver, clock.now(), count, [...outlet.underWay]);
    gate.expect(-count);
    outlet.isReading = false;
    if (isClosed) return;
    for (const delivery of deliveries) start(outlet, delivery);
    if (nextAtMs !== undefined) soon(outlet, nextAtMs);
    pump(outlet);
    gate.serve(pump);
  }

  function start(outlet: Outlet<Receiver>, delivery: Delivery): void {
    outlet.underWay.add(delivery.id);
    const work: Promise<void> = run(outlet, delivery).finally(() => {
      underWay.delete(work);
      outlet.underWay.delete(delivery.id);
      // Others go first.
      gate.serve(pump);
      pump(outlet);
    });
    underWay.add(work);
  }

  async function run(outlet: Outlet<Receiver>, delivery: Delivery): Promise<void> {
    try {
      const outcome = await carryOut(delivery);
      adapt(outlet, outcome, limits);
      if (outcome.kind === "later") soon(outlet, outcome.dueAtMs);
      if (outcome.kind === "over" && outcome.more) soon(outlet, clock.now());
    } catch (error) {
      problem(`A delivery failed, and is tried again: ${String(error)}`);
      retryLater(outlet);
    }
  }

  const retryLater = (outlet: Outlet<Receiver>): void => {
    soon(outlet, clock.now() + limits.failureMs);
    pump(outlet);
  };

  return {
    wake(receiver, dueAtMs) {
      const outlet = outlets.get(receiver) ?? newOutlet(receiver, limits.startCount);
      outlets.set(receiver, outlet);
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
