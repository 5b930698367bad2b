import type { StoredLogEvent } from "@mayfly/db";
import { referencedGroup } from "../arns.ts";
import { formatPosition, parsePosition, type EventPosition } from "../event-position.ts";
import { invalidToken } from "../faults.ts";
import { onStream } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { LogsOperation } from "../resources.ts";
import { visibleFromMs } from "../retention.ts";

/** Where a page starts. `f/...` reads what comes after the position, `b/...` what lies before it. */
interface Token extends EventPosition {
  readonly direction: "f" | "b";
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents: LogsOperation<"GetLogEvents"> = {
  iam: onStream("logs:GetLogEvents"),
  async run({ store, db, clock }, ctx, input) {
    const key = { ...referencedGroup(ctx, input), logStreamName: input.logStreamName };
    const token = input.nextToken === undefined ? undefined : parseToken(input.nextToken);
    const group = await store.stream(key);
    const fromMs = visibleFromMs(group, clock.now(), input.startTime);
    const forward = token === undefined ? input.startFromHead === true : token.direction === "f";
    const { logStreamName, ...scope } = key;
    const events = await db.logEvents.read({
      ...scope,
      logStreamNames: [logStreamName],
      ...(fromMs !== undefined && { fromMs }),
      ...(input.endTime !== undefined && { untilMs: input.endTime }),
      ...(token && { after: { timestampMs: token.timestampMs, id: token.id } }),
      order: forward ? "ascending" : "descending",
      limit: input.limit ?? limits.pageCount,
      limitBytes: limits.pageBytes,
    });
    const page = forward ? events : events.toReversed();
    return {
      events: page.map(({ timestampMs, ingestionTimeMs, message }) => ({
        timestamp: timestampMs,
        message,
        ingestionTime: ingestionTimeMs,
      })),
      ...tokens(page, token, { timestampMs: fromMs ?? 0, id: 0 }),
    };
  },
};

/** The tokens around a page. At an end of the stream that end's token is the one that was passed. */
function tokens(page: readonly StoredLogEvent[], token: Token | undefined, start: EventPosition) {
  const first = page[0];
  const last = page.at(-1);
  if (first !== undefined && last !== undefined) {
    return { nextForwardToken: formatToken("f", last), nextBackwardToken: formatToken("b", first) };
  }
  if (token === undefined) return { nextForwardToken: formatToken("f", start), nextBackwardToken: formatToken("b", start) };
  // Turning round at an end leads to the line that the token stands beside.
  return token.direction === "f"
    ? { nextForwardToken: formatToken("f", token), nextBackwardToken: formatToken("b", { ...token, id: token.id + 1 }) }
    : { nextForwardToken: formatToken("f", { ...token, id: token.id - 1 }), nextBackwardToken: formatToken("b", token) };
}

const formatToken = (direction: Token["direction"], position: EventPosition): string => `${direction}/${formatPosition(position)}/s`;

function parseToken(text: string): Token {
  const [, direction, digits] = /^([fb])\/(\d{56})\/s$/.exec(text) ?? [];
  if (digits === undefined) throw invalidToken();
  return { direction: direction === "f" ? "f" : "b", ...parsePosition(digits) };
}
