import type { LogEventQuery, StoredLogEvent } from "@mayfly/db";
import { decodePageToken, encodePageToken, type InputOf } from "@mayfly/kernel";
import type { FilteredLogEvent } from "@mayfly/wire/logs";
import { referencedGroup } from "../arns.ts";
import { formatPosition, parsePosition, type EventPosition } from "../event-position.ts";
import { invalidParameter, invalidToken, streamNotFound } from "../faults.ts";
import { parseFilterPattern, type LineFilter } from "../filter-pattern/parse-filter-pattern.ts";
import { onGroup } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { beginningWith } from "../name-range.ts";
import type { LogsOperation, OperationResources } from "../resources.ts";
import { visibleFromMs } from "../retention.ts";
import type { GroupKey } from "../store/log-store.ts";

const list = "FilterLogEvents";

type Input = InputOf<"logs", "FilterLogEvents">;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents: LogsOperation<"FilterLogEvents"> = {
  iam: onGroup("logs:FilterLogEvents"),
  async run(resources, ctx, input) {
    if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter("LogStream names and LogStream name prefix are mutually exclusive parameters.");
    }
    const key = referencedGroup(ctx, input);
    const matches = parseFilterPattern(input.filterPattern ?? "");
    const after = readToken(input.nextToken);
    const group = await resources.store.group(key);
    const logStreamNames = await namedStreams(resources, key, input);
    const fromMs = visibleFromMs(group, resources.clock.now(), input.startTime);
    const { found, position } = await scan(resources, matches, input.limit ?? limits.pageCount, {
      ...key,
      ...(logStreamNames && { logStreamNames }),
      ...(fromMs !== undefined && { fromMs }),
      // Here, unlike in GetLogEvents, the end belongs to the range.
      ...(input.endTime !== undefined && { untilMs: input.endTime + 1 }),
      ...(after && { after }),
      order: "ascending",
      limit: limits.filterReadCount,
      limitBytes: limits.pageBytes,
    });
    return {
      events: found.map(shape),
      // AWS has answered with an empty list since May 2020.
      searchedLogStreams: [],
      ...(position && { nextToken: encodePageToken(list, formatPosition(position)) }),
    };
  },
};

function readToken(token: string | undefined): EventPosition | undefined {
  if (token === undefined) return undefined;
  const position = decodePageToken(list, token);
  if (position === undefined) throw invalidToken();
  return parsePosition(position);
}

/** The streams to be searched; undefined for all. */
async function namedStreams({ db, store }: OperationResources, key: GroupKey, input: Input): Promise<readonly string[] | undefined> {
  if (input.logStreamNamePrefix !== undefined) {
    const rows = await db.models.logStream.findMany({ where: { ...key, logStreamName: beginningWith(input.logStreamNamePrefix) } });
    return rows.map(({ logStreamName }) => logStreamName);
  }
  if (input.logStreamNames === undefined) return undefined;
  const names = [...new Set(input.logStreamNames)];
  if (names.length !== input.logStreamNames.length) throw invalidParameter("logStreamNames must not contain duplicates.");
  await Promise.all(names.map((logStreamName) => store.stream({ ...key, logStreamName }))).catch(() => Promise.reject(streamNotFound()));
  return names;
}

/** Reads on until the page is full, the lines end, or one call has looked at enough of them. */
async function scan(
  { db }: OperationResources,
  matches: LineFilter,
  limit: number,
  query: LogEventQuery,
): Promise<{ found: StoredLogEvent[]; position: EventPosition | undefined }> {
  const found: StoredLogEvent[] = [];
  let { after } = query;
  let foundBytes = 0;
  let scannedBytes = 0;
  let scannedCount = 0;
  while (scannedCount < limits.filterScanCount && scannedBytes < limits.filterScanBytes) {
    const rows = await db.logEvents.read({ ...query, ...(after && { after }) });
    if (rows.length === 0) return { found, position: undefined };
    for (const row of rows) {
      const bytes = Buffer.byteLength(row.message);
      if (matches(row.message)) {
        if (found.length === limit || (found.length > 0 && foundBytes + bytes > limits.pageBytes)) return { found, position: after };
        found.push(row);
        foundBytes += bytes;
      }
      scannedBytes += bytes;
      scannedCount++;
      after = { timestampMs: row.timestampMs, id: row.id };
    }
  }
  return { found, position: after };
}

const shape = (event: StoredLogEvent): FilteredLogEvent => ({
  logStreamName: event.logStreamName,
  timestamp: event.timestampMs,
  message: event.message,
  ingestionTime: event.ingestionTimeMs,
  eventId: formatPosition(event),
});
