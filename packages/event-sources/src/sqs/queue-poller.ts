import { mappedFunctionArn, type MappedFunctions, type MappingRecord } from "@mayfly/lambda";
import type { Clock, EventTrail, TrailStep } from "@mayfly/kernel";
import type { Message } from "@mayfly/wire/sqs";
import { backoffMs, createRetries, pause, type Retries } from "../engine/delays.ts";
import type { Poller } from "../engine/pollers.ts";
import type { HeldBytes } from "../engine/held-bytes.ts";
import { createProblems, type Problems } from "../engine/problems.ts";
import { createSlots, type Slots } from "../engine/slots.ts";
import type { PollerLimits } from "../limits.ts";
import { createGathering, type Gathering } from "./gathering.ts";
import type { QueueRecord } from "./event-record.ts";
import { compileFilters } from "./message-filter.ts";
import { scalingOf } from "./queue-scaling.ts";
import { isFifoArn, type Queue, type Queues } from "./queues.ts";
import { leave, runBatch } from "./run-batch.ts";
import { takeIn, type Intake } from "./take-in.ts";

/** What pollers of queues are made of. */
export interface QueuePollerResources {
  readonly queues: Queues;
  readonly functions: MappedFunctions;
  readonly clock: Clock;
  readonly limits: PollerLimits;
  readonly trail: EventTrail;
  /** Shared by all pollers. */
  readonly held: HeldBytes;
  readonly onProblem: (line: string) => void;
}

/** A poller at work. */
export interface QueueWork extends QueuePollerResources {
  readonly mapping: MappingRecord;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly queue: Queue;
  readonly slots: Slots;
  readonly problems: Problems;
  /** Batches that were throttled. */
  readonly retries: Retries;
  /** Aborted once nothing more is to be received. */
  readonly signal: AbortSignal;
  /** The server ends: what no function has begun with goes back to the queue. */
  readonly isEnding: () => boolean;
  /** The data that all this is about is being thrown away. */
  readonly isAbandoned: () => boolean;
  note(record: QueueRecord, step: TrailStep): void;
}

/** Reads a queue for a function. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function pollQueue(resources: QueuePollerResources, mapping: MappingRecord): Poller {
  const stopping = new AbortController();
  let isEnding = false;
  let isAbandoned = false;
  const work = workOf(resources, mapping, { signal: stopping.signal, isEnding: () => isEnding, isAbandoned: () => isAbandoned });
  const underWay = new Set<Promise<void>>();
  const gathering = createGathering({
    size: { count: mapping.settings.BatchSize ?? 10, bytes: resources.limits.syncPayloadBytes },
    windowMs: (mapping.settings.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    isInTurn: work.isFifo,
    slots: work.slots,
    signal: stopping.signal,
    forgo(items) {
      for (const { bytes } of items) resources.held.give(bytes);
      const leaving: Promise<void> = leave(work, items).finally(() => underWay.delete(leaving));
      underWay.add(leaving);
    },
    launch(batch) {
      const run: Promise<void> = runBatch(work, batch)
        .catch((error: unknown) => resources.onProblem(`A batch of ${work.arn}: ${String(error)}`))
        .finally(() => {
          resources.held.give(batch.heldBytes);
          batch.slot.leave();
          underWay.delete(run);
        });
      underWay.add(run);
    },
  });
  const receiving = receiveAll(work, gathering);
  const stop = async (): Promise<void> => {
    stopping.abort();
    gathering.flush();
    await receiving;
    gathering.flush();
    await Promise.all(underWay);
  };
  return {
    stop,
    close() {
      isEnding = true;
      return stop();
    },
    abandon() {
      isAbandoned = true;
      stopping.abort();
    },
  };
}

function workOf(
  resources: QueuePollerResources,
  mapping: MappingRecord,
  given: Pick<QueueWork, "signal" | "isEnding" | "isAbandoned">,
): QueueWork {
  const { queues, functions, trail, limits } = resources;
  const arn = mapping.eventSourceArn ?? "";
  const place = {
    accountId: mapping.accountId,
    region: mapping.region,
    sourceArn: arn,
    mappingUuid: mapping.uuid,
    functionArn: mappedFunctionArn(mapping),
  };
  return {
    ...resources,
    ...given,
    mapping,
    arn,
    isFifo: isFifoArn(arn),
    queue: queues.open(arn, () => functions.identityOf(mapping)),
    slots: createSlots(scalingOf(mapping.settings, limits)),
    retries: createRetries(),
    problems: createProblems(mapping, functions, resources.onProblem),
    note: (record, step) => trail.note(place, record.messageId, step),
  };
}

/** One receives for as long as the mapping lasts, others beside it while there is a backlog. */
function receiveAll(work: QueueWork, gathering: Gathering): Promise<unknown> {
  const { limits } = work;
  const filter = compileFilters(work.mapping.settings.FilterCriteria);
  const others = new Set<Promise<void>>();
  const intake: Receiving = {
    work,
    gathering,
    filter,
    count: Math.min(work.mapping.settings.BatchSize ?? 10, limits.queueReceiveCount),
    joinIn() {
      if (others.size + 1 >= limits.queueReceiverCount) return;
      const other: Promise<void> = receive(intake, false).finally(() => others.delete(other));
      others.add(other);
    },
  };
  return receive(intake, true).then(() => Promise.all(others));
}

interface Receiving extends Intake {
  /** Messages at a time. */
  readonly count: number;
  /** Has another one receive, too, until there is nothing left. */
  joinIn(): void;
}

async function receive(intake: Receiving, isFirst: boolean): Promise<void> {
  const { work, gathering } = intake;
  const { signal, slots } = work;
  let fullInTurn = 0;
  while (!signal.aborted) {
    const slot = gathering.isOpen ? undefined : await slots.enter(signal);
    await work.held.room(signal);
    if (signal.aborted) return slot?.leave();
    const receivedAtMs = work.clock.monotonicMs();
    const messages = await receiveOnce(intake, isFirst);
    if (messages.length === 0) {
      slot?.leave();
      if (!isFirst) return;
      slots.calm();
      // Whoever is asked may know no long polls.
      if (work.clock.monotonicMs() - receivedAtMs < shortPollMs) await pause(work.limits.sourceRetryMs, signal);
      continue;
    }
    fullInTurn = messages.length === intake.count ? fullInTurn + 1 : 0;
    if (fullInTurn > 1) intake.joinIn();
    await takeIn(intake, messages, { receivedAtMs, slot });
  }
}

/** Answers of nothing that come sooner than this were not waited for. */
const shortPollMs = 500;

/** What could not be received is told of and tried again, ever more seldom. */
async function receiveOnce({ work, count }: Receiving, isFirst: boolean): Promise<readonly Message[]> {
  const { queue, problems, limits, signal } = work;
  for (let attempt = 0; ; attempt++) {
    try {
      // After a failure nothing is waited for, so that it is soon known to be over.
      const waitSeconds = isFirst && attempt === 0 ? limits.queueWaitSeconds : 0;
      const messages = await queue.receive({ count, waitSeconds, signal });
      problems.clear("receive");
      return messages;
    } catch (error) {
      if (signal.aborted || !isFirst) return [];
      // A function that is being made is there in a moment.
      if (attempt > 0) problems.set("receive", error);
      await pause(backoffMs(attempt, { firstMs: limits.sourceRetryMs, mostMs: limits.sourceMostRetryMs }), signal);
      if (signal.aborted) return [];
    }
  }
}
