import type { LogEventRow } from "@mayfly/db";
import type { Checked } from "@mayfly/kernel";
import type { InputLogEvent, PutLogEventsResponse } from "@mayfly/wire/logs";
import { groupKey } from "../arns.ts";
import { invalidParameter } from "../faults.ts";
import { onStream } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { LogsOperation } from "../resources.ts";
import { retainedFromMs } from "../retention.ts";

type InputEvent = Checked<InputLogEvent>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const putLogEvents: LogsOperation<"PutLogEvents"> = {
  iam: onStream("logs:PutLogEvents"),
  async run({ store, clock }, ctx, { logGroupName, logStreamName, logEvents }) {
    const events = logEvents as readonly InputEvent[];
    checkBatch(events);
    const nowMs = clock.now();
    return store.append({ ...groupKey(ctx, logGroupName), logStreamName }, (group) => {
      const { first, end, rejected } = accepted(events, nowMs, retainedFromMs(group, nowMs));
      const valid = events.slice(first, end);
      checkSpan(valid);
      return { events: valid.map((event) => row(event, nowMs)), result: rejected };
    });
  },
};

const row = ({ timestamp, message }: InputEvent, ingestionTimeMs: number): LogEventRow => ({
  timestampMs: timestamp,
  ingestionTimeMs,
  message,
});

/** Size and order. */
function checkBatch(events: readonly InputEvent[]): void {
  let batchBytes = 0;
  let before = -Infinity;
  for (const { timestamp, message } of events) {
    const bytes = Buffer.byteLength(message) + limits.eventOverheadBytes;
    if (bytes > limits.eventBytes) throw invalidParameter(`Log event too large: ${bytes} bytes exceeds limit of ${limits.eventBytes}`);
    if (timestamp < before) throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    batchBytes += bytes;
    before = timestamp;
  }
  if (batchBytes > limits.batchBytes) throw invalidParameter(`Upload too large: ${batchBytes} bytes exceeds limit of ${limits.batchBytes}`);
}

function checkSpan(events: readonly InputEvent[]): void {
  const spanMs = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
  if (spanMs > limits.batchSpanMs) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
}

/** The range of events that are neither too old nor too new; events are in order of time. */
function accepted(
  events: readonly InputEvent[],
  nowMs: number,
  retainedMs: number | undefined,
): { first: number; end: number; rejected: PutLogEventsResponse } {
  const countBefore = (ms: number): number => {
    const index = events.findIndex(({ timestamp }) => timestamp >= ms);
    return index === -1 ? events.length : index;
  };
  const tooOld = countBefore(nowMs - limits.tooOldMs);
  const expired = retainedMs === undefined ? 0 : countBefore(retainedMs);
  const end = countBefore(nowMs + limits.tooNewMs + 1);
  const rejectedLogEventsInfo = {
    ...(end < events.length && { tooNewLogEventStartIndex: end }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  };
  const rejected = Object.keys(rejectedLogEventsInfo).length > 0 ? { rejectedLogEventsInfo } : {};
  return { first: Math.max(tooOld, expired), end, rejected };
}
