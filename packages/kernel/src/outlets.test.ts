import { expect, test } from "vitest";
import { createOutlets, type DeliveryOutcome } from "./outlets.ts";

interface Owed {
  readonly id: number;
  readonly receiver: string;
}

/** Outlets over what receivers are owed; deliveries end when a test says so. */
function outletsOf(limits: { underWayCount: number; reserveCount: number; startCount?: number }) {
  const owed: Owed[] = [];
  const open = new Map<Owed, (outcome: DeliveryOutcome) => void>();
  let most = 0;
  const outlets = createOutlets<string, Owed>({
    due: async (receiver, nowMs, limit, underWay) => {
      const deliveries = owed.filter((one) => one.receiver === receiver && !underWay.includes(one.id)).slice(0, limit);
      return { deliveries, nextAtMs: deliveries.length === limit ? nowMs : undefined };
    },
    carryOut: (delivery) =>
      new Promise((resolve) => {
        open.set(delivery, resolve);
        most = Math.max(most, open.size);
      }),
    clock: { now: () => 1, monotonicMs: () => 1 },
    limits: { startCount: 2, mostCount: 4, failureMs: 1, ...limits },
    problem: (line) => {
      throw new Error(line);
    },
  });
  return {
    outlets,
    most: () => most,
    owe(receiver: string, count: number): void {
      for (let at = 0; at < count; at++) owed.push({ id: owed.length + 1, receiver });
      outlets.wake(receiver, 0);
    },
    underWay: () => [...open.keys()].map(({ receiver }) => receiver).toSorted(),
    end(receiver: string): void {
      for (const [delivery, resolve] of open) {
        if (delivery.receiver !== receiver) continue;
        open.delete(delivery);
        owed.splice(owed.indexOf(delivery), 1);
        resolve({ kind: "over", more: false });
      }
    },
  };
}

test("receivers that hang hold up nobody: one delivery to each of the others goes beside them", async () => {
  const { owe, underWay, end } = outletsOf({ underWayCount: 4, reserveCount: 2 });
  for (const receiver of ["hangs-a", "hangs-b"]) owe(receiver, 9);
  await expect.poll(underWay).toEqual(["hangs-a", "hangs-a", "hangs-b", "hangs-b"]);
  for (const receiver of ["c", "d", "e"]) owe(receiver, 2);
  await expect.poll(underWay).toEqual(["c", "d", "hangs-a", "hangs-a", "hangs-b", "hangs-b"]);
  end("c");
  // Whoever waited longest has its turn.
  await expect.poll(underWay).toContain("e");
  await expect
    .poll(() => {
      for (const receiver of ["c", "d", "e"]) end(receiver);
      return underWay();
    })
    .toEqual(["hangs-a", "hangs-a", "hangs-b", "hangs-b"]);
});

test("many receivers that are woken at once have no more under way than may be", async () => {
  const { owe, underWay, end, most } = outletsOf({ underWayCount: 6, reserveCount: 0 });
  const receivers = Array.from({ length: 20 }, (_, at) => `r${at}`);
  for (const receiver of receivers) owe(receiver, 3);
  let ended = 0;
  await expect
    .poll(() => {
      ended += underWay().length;
      for (const receiver of new Set(underWay())) end(receiver);
      return ended;
    })
    .toBe(60);
  expect(most()).toBe(6);
});
