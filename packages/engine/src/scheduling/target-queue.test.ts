import { describe, expect, it } from "vitest";
import type { FunctionTarget } from "../types.ts";
import { TargetQueue } from "./target-queue.ts";

/** A queue at time 0, after ten invocations and starts of so long. */
function queueOf(invocationMs: number | undefined, startMs: number): TargetQueue {
  const queue = new TargetQueue({ id: "one", memorySizeMb: 128 } as FunctionTarget, true);
  for (let at = 0; at < 10; at++) {
    if (invocationMs !== undefined) queue.noteInvocation(invocationMs, 0);
    queue.noteStart(startMs);
  }
  return queue;
}

/** So many events have come at that time. */
function wait(queue: TargetQueue, count: number, sinceMs = 0): void {
  for (let at = 0; at < count; at++) queue.waiting.push({ sinceMs, resolve: () => {}, reject: () => {} });
}

describe("how many environments are worth starting", () => {
  it("is one for each event as long as nobody knows how long the function takes", () => {
    const queue = queueOf(undefined, 50);
    wait(queue, 64);
    expect(queue.startsWorth(1, false)).toBe(64);
  });

  it("is one for each event of a function that takes longer than a start", () => {
    const queue = queueOf(1_000, 50);
    queue.busy = 1;
    wait(queue, 63);
    expect(queue.startsWorth(1, false)).toBe(63);
  });

  it("is none for a function that serves all who wait before another environment would be ready", () => {
    const queue = queueOf(0.5, 50);
    queue.busy = 1;
    wait(queue, 63);
    expect(queue.startsWorth(1, false)).toBe(0);
  });

  it("is as many as serve all who wait within the time of a start, no more", () => {
    const queue = queueOf(4, 50);
    queue.busy = 1;
    wait(queue, 63);
    expect(queue.startsWorth(1, false)).toBe(5);
    queue.starting = 5;
    expect(queue.startsWorth(1, false)).toBe(0);
  });

  it("is fewer while the machine has no processor time to spare", () => {
    const queue = queueOf(40, 50);
    queue.busy = 2;
    wait(queue, 62);
    expect(queue.startsWorth(1, false)).toBe(48);
    expect(queue.startsWorth(1, true)).toBe(1);
  });

  it("is one for each event when nothing has ended for as long as a start takes", () => {
    const queue = queueOf(0.5, 50);
    queue.busy = 2;
    wait(queue, 62);
    expect(queue.startsWorth(49, false)).toBe(0);
    expect(queue.startsWorth(51, false)).toBe(62);
  });

  it("is one when there is no environment at all, however short the function", () => {
    const queue = queueOf(0.5, 50);
    wait(queue, 20);
    expect(queue.startsWorth(1, false)).toBe(1);
  });

  it("calls off starts whose events have been served", () => {
    const queue = queueOf(1_000, 50);
    queue.busy = 3;
    queue.starting = 5;
    wait(queue, 2);
    expect(queue.startsWorth(1, false)).toBe(-3);
  });

  it("calls off starts of a function that turned out to be short", () => {
    const queue = queueOf(0.5, 50);
    queue.busy = 1;
    queue.starting = 20;
    wait(queue, 62);
    expect(queue.startsWorth(1, false)).toBe(-20);
  });
});
