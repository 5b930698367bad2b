import type { DueNotice, NewNotice } from "@mayfly/db";
import { createOutlets, mayPass, type DeliveryOutcome, type TrailStep } from "@mayfly/kernel";
import { limits } from "../limits.ts";
import type { S3Given } from "../resources.ts";
import { eventRecord, sequencerOf } from "./event-record.ts";
import { placeOf, type StoredNotice } from "./notices.ts";
import { identityFor, receivers } from "./receivers.ts";

/** Tells receivers of what happened in buckets; what it has to tell is on disk. */
export interface Notifier {
  /** Notices were written. */
  wake(notices: readonly NewNotice[]): void;
  start(): Promise<void>;
  /** Starts nothing more; resolves when what is under way is done. */
  close(): Promise<void>;
}

type Given = Pick<S3Given, "db" | "clock" | "callAs" | "mayCall" | "queues" | "topics" | "trail" | "problem">;

/** Nothing is told before `start`, save what is written until then. */
export function createNotifier(given: Given): Notifier {
  const { db, clock, problem } = given;
  const outlets = createOutlets({
    due: (receiver: string, ...asked) => db.objects.dueNotices(receiver, ...asked),
    carryOut: (notice) => carryOut(given, notice),
    clock,
    limits: {
      underWayCount: limits.noticeUnderWayCount,
      reserveCount: limits.noticeReserveCount,
      startCount: limits.receiverUnderWayCount,
      mostCount: limits.receiverMostUnderWayCount,
      failureMs: limits.noticeFailureMs,
    },
    problem,
  });
  return {
    wake(notices) {
      for (const receiver of new Set(notices.map((notice) => notice.receiver))) outlets.wake(receiver, clock.now());
    },
    async start() {
      for (const { receiver, dueAtMs } of await db.objects.pendingNotices()) outlets.wake(receiver, dueAtMs);
    },
    close: () => outlets.close(),
  };
}

/** Makes one attempt, and writes down what came of it. */
async function carryOut(given: Given, notice: DueNotice): Promise<DeliveryOutcome> {
  const { db, clock, trail, problem } = given;
  const { event, configurationId, kind, eventId } = JSON.parse(notice.content) as StoredNotice;
  const note = (step: TrailStep): void => trail.note(placeOf(event.bucket, configurationId, notice.receiver), eventId, step);
  const record = eventRecord(event, configurationId, { sequence: notice.objectId, versionId: notice.versionId });
  try {
    const ids = await receivers[kind].tell(
      given,
      notice.receiver,
      identityFor(event.bucket, notice.receiver),
      JSON.stringify({ Records: [record] }),
    );
    note({ kind: "delivered", sequencer: sequencerOf(notice.objectId), ...ids });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const attempts = notice.attempts + 1;
    const dueAtMs = clock.now() + delayAfter(attempts);
    const isOver = !mayPass(error) || dueAtMs > notice.changedAtMs + limits.noticeMostAgeMs;
    note({ kind: "refused", attempt: attempts, reason, again: isOver ? undefined : new Date(dueAtMs).toISOString() });
    if (!isOver) {
      await db.objects.postponeNotice(notice.id, attempts, dueAtMs);
      return { kind: "later", dueAtMs };
    }
    note({ kind: "given-up", reason });
    problem(`${notice.receiver} could not be told of ${event.name} in the bucket ${event.bucket.name}: ${reason}`);
  }
  await db.objects.finishNotice(notice.id);
  return { kind: "over", more: false };
}

const delayAfter = (attempts: number): number => Math.min(limits.noticeMostRetryMs, limits.noticeRetryMs * 2 ** (attempts - 1));
