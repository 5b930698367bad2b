import type { MappedOutcome } from "@mayfly/lambda";
import { backoffMs, pause } from "../engine/delays.ts";
import type { Batch, Item } from "./batch.ts";
import { itemFailures } from "./batch-response.ts";
import type { QueueWork } from "./queue-poller.ts";
import type { Receipt } from "./queues.ts";

/** Gives a batch to the function and deletes what it is done with; the rest comes back when its visibility timeout is over. */
export async function runBatch(work: QueueWork, batch: Batch): Promise<void> {
  for (let current: Batch | undefined = batch, goesOn = true; current !== undefined; current = current.next) {
    if (goesOn) goesOn = await runOne(work, current);
    else leave(work, current.items);
  }
}

/** Whether all of it is done. */
async function runOne(work: QueueWork, batch: Batch): Promise<boolean> {
  const outcome = await invoked(work, batch);
  if (work.isAbandoned()) return false;
  work.retries.next();
  if (outcome.kind !== "ran") return leave(work, batch.items);
  if (outcome.failed) {
    // Recorded: what the function was given stays hidden as long as it would have been.
    work.slots.failed();
    for (const { record } of batch.items) work.note(record, { kind: "failed", requestId: outcome.requestId });
    return leave(work, batch.items);
  }
  work.slots.succeeded();
  const kept = keptItems(work, batch, outcome);
  for (const { record } of kept) work.note(record, { kind: "item-failed", requestId: outcome.requestId });
  leave(work, [...kept]);
  await deleteAll(
    work,
    batch.items.filter((item) => !kept.has(item)),
  );
  return kept.size === 0;
}

/** A function that can't be run now is tried again until the messages are about to be seen by others, ever more seldom. */
async function invoked(work: QueueWork, batch: Batch): Promise<MappedOutcome> {
  const { functions, mapping, limits, slots, retries, signal, clock } = work;
  const event = { payload: batch.payload, traceHeader: batch.traceHeader };
  let untilMs: number | undefined;
  for (let attempt = 0; ; attempt++) {
    const outcome = await functions.invoke(mapping, event);
    if (outcome.kind === "ran" || outcome.kind === "closed") {
      if (outcome.kind === "ran") tellDelivered(work, batch, outcome.requestId);
      return outcome;
    }
    slots.failed();
    tellRefused(work, batch, outcome, attempt + 1);
    untilMs ??= batch.receivedAtMs + (await visibilityMs(work));
    const delayMs =
      outcome.kind === "throttled"
        ? backoffMs(attempt, { firstMs: limits.queueThrottledRetryMs, mostMs: limits.queueThrottledMostRetryMs })
        : backoffMs(attempt, { firstMs: limits.sourceRetryMs, mostMs: limits.sourceMostRetryMs });
    if (clock.monotonicMs() + delayMs >= untilMs) return outcome;
    await retries.wait(delayMs, signal);
    if (signal.aborted) return outcome;
  }
}

function tellDelivered({ problems, note }: QueueWork, batch: Batch, requestId: string): void {
  problems.clear("invoke");
  for (const { record } of batch.items) note(record, { kind: "delivered", requestId });
}

function tellRefused({ problems, note }: QueueWork, batch: Batch, outcome: MappedOutcome, attempt: number): void {
  if (outcome.kind === "unavailable") problems.set("invoke", outcome.reason);
  for (const { record } of batch.items) {
    note(record, outcome.kind === "unavailable" ? { kind: "unavailable", reason: outcome.reason } : { kind: "throttled", attempt });
  }
}

/** Who may not ask for it is taken to have the usual one. */
const visibilityMs = async ({ queue }: QueueWork): Promise<number> => (await queue.visibilityTimeoutSeconds().catch(() => 30)) * 1000;

/** What is to come again of a batch that the function was done with. */
function keptItems(work: QueueWork, { items }: Batch, outcome: Extract<MappedOutcome, { kind: "ran" }>): ReadonlySet<Item> {
  if (work.mapping.settings.FunctionResponseTypes?.includes("ReportBatchItemFailures") !== true) return new Set();
  const failures = itemFailures(outcome.payload, new Set(items.map(({ record }) => record.messageId)));
  if (failures === "all") return new Set(items);
  const kept = new Set<Item>();
  // What comes after a failure in its group waits for it: the order within the group is kept.
  const stoppedGroups = new Set<string>();
  for (const item of items) {
    const { messageId, attributes } = item.record;
    const group = work.isFifo ? attributes["MessageGroupId"] : undefined;
    const isAfterFailure = group !== undefined && stoppedGroups.has(group);
    if (!failures.has(messageId) && !isAfterFailure) continue;
    kept.add(item);
    if (group !== undefined) stoppedGroups.add(group);
  }
  return kept;
}

function leave({ note }: QueueWork, items: readonly Item[]): false {
  for (const { record } of items) note(record, { kind: "left" });
  return false;
}

async function deleteAll(work: QueueWork, items: readonly Item[]): Promise<void> {
  const { limits, problems, note } = work;
  const parts: Item[][] = [];
  for (let start = 0; start < items.length; start += limits.queueReceiveCount)
    parts.push(items.slice(start, start + limits.queueReceiveCount));
  try {
    for (let start = 0; start < parts.length; start += deletesAtOnce) {
      await Promise.all(
        parts.slice(start, start + deletesAtOnce).map((part) =>
          deletePart(
            work,
            part.map(({ record }) => record),
          ),
        ),
      );
    }
    problems.clear("delete");
    for (const { record } of items) note(record, { kind: "deleted" });
  } catch (error) {
    problems.set("delete", error);
  }
}

/** They share commits. */
const deletesAtOnce = 10;

/** What failed may be a moment's trouble. Receipts that are too old fail for good. */
async function deletePart({ queue, limits, signal }: QueueWork, receipts: readonly Receipt[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await queue.delete(receipts);
    } catch (error) {
      if (attempt >= 2) throw error;
      await pause(backoffMs(attempt, { firstMs: limits.sourceRetryMs, mostMs: limits.sourceMostRetryMs }), signal);
    }
  }
}
