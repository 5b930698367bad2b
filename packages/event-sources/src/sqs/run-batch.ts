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
    else await leave(work, current.items);
  }
}

/** Whether all of it is done. */
async function runOne(work: QueueWork, batch: Batch): Promise<boolean> {
  const outcome = await invoked(work, batch);
  if (work.isAbandoned()) return false;
  work.retries.next();
  if (outcome.kind === "closed" && outcome.isBegun) return stay(work, batch.items);
  if (outcome.kind !== "ran") {
    await leave(work, batch.items);
    return false;
  }
  if (outcome.failed) {
    // Recorded: what the function was given stays hidden as long as it would have been.
    work.slots.failed();
    for (const { record } of batch.items) work.note(record, { kind: "failed", requestId: outcome.requestId });
    return stay(work, batch.items);
  }
  work.slots.succeeded();
  const kept = keptItems(work, batch, outcome);
  for (const { record } of kept) work.note(record, { kind: "item-failed", requestId: outcome.requestId });
  stay(work, [...kept]);
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
    if (work.isEnding()) return { kind: "closed", isBegun: false };
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
  // Of a FIFO queue, too: it is the function that has to name what follows a failure. Whatever it does not name is deleted.
  return new Set(failures === "all" ? items : items.filter(({ record }) => failures.has(record.messageId)));
}

/** What a function was given comes again when its visibility timeout is over. */
function stay({ note }: QueueWork, items: readonly Item[]): false {
  for (const { record } of items) note(record, { kind: "left" });
  return false;
}

/** What no function was given: it comes again when its visibility timeout is over, or at once if the server ends. */
export async function leave(work: QueueWork, items: readonly Item[]): Promise<void> {
  if (!work.isEnding()) return void stay(work, items);
  try {
    await inParts(items, work.limits.queueReceiveCount, (part) => work.queue.giveBack(part.map(({ record }) => record)));
    for (const { record } of items) work.note(record, { kind: "returned" });
  } catch (error) {
    work.onProblem(`Messages of ${work.arn} come again later than they could: ${String(error)}`);
    stay(work, items);
  }
}

/** So many parts at once: they share commits. */
const partsAtOnce = 10;

async function inParts(items: readonly Item[], count: number, act: (part: readonly Item[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += count * partsAtOnce) {
    const some = items.slice(start, start + count * partsAtOnce);
    await Promise.all(Array.from({ length: Math.ceil(some.length / count) }, (_, at) => act(some.slice(at * count, (at + 1) * count))));
  }
}

async function deleteAll(work: QueueWork, items: readonly Item[]): Promise<void> {
  const { limits, problems, note } = work;
  try {
    await inParts(items, limits.queueReceiveCount, (part) =>
      deletePart(
        work,
        part.map(({ record }) => record),
      ),
    );
    problems.clear("delete");
    for (const { record } of items) note(record, { kind: "deleted" });
  } catch (error) {
    problems.set("delete", error);
  }
}

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
