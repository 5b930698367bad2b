import type { LogStreamSummary } from "@mayfly/db";
import { decodePageToken, encodePageToken, type InputOf } from "@mayfly/kernel";
import type { LogStream } from "@mayfly/wire/logs";
import { referencedGroup, streamArn } from "../arns.ts";
import { invalidParameter, invalidToken } from "../faults.ts";
import { onGroup } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { afterName, beginningWith } from "../name-range.ts";
import type { LogsOperation, OperationResources } from "../resources.ts";
import type { GroupKey } from "../store/log-store.ts";

const list = "DescribeLogStreams";

type Input = InputOf<"logs", "DescribeLogStreams">;

interface Row {
  readonly logStreamName: string;
  readonly createdAtMs: number;
}

interface Page {
  readonly rows: readonly Row[];
  /** Where the next page goes on; undefined on the last one. */
  readonly position: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams: LogsOperation<"DescribeLogStreams"> = {
  iam: onGroup("logs:DescribeLogStreams"),
  async run(resources, ctx, input) {
    const key = referencedGroup(ctx, input);
    const byTime = input.orderBy === "LastEventTime";
    if (byTime && input.logStreamNamePrefix !== undefined)
      throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    await resources.store.group(key);
    const after = input.nextToken === undefined ? undefined : decodePageToken(list, input.nextToken);
    if (input.nextToken !== undefined && after === undefined) throw invalidToken();
    const summaries = new Map((await resources.db.logEvents.summaries(key)).map((summary) => [summary.logStreamName, summary]));
    const { rows, position } = byTime
      ? await pageByTime(resources, key, input, summaries, after)
      : await pageByName(resources, key, input, after);
    return {
      logStreams: rows.map((row) => shape(key, row, summaries.get(row.logStreamName))),
      ...(position !== undefined && { nextToken: encodePageToken(list, position) }),
    };
  },
};

async function pageByName({ db }: OperationResources, key: GroupKey, input: Input, after: string | undefined): Promise<Page> {
  const limit = input.limit ?? limits.describeCount;
  const order = input.descending ? "desc" : "asc";
  const rows = await db.models.logStream.findMany({
    where: { ...key, AND: [{ logStreamName: beginningWith(input.logStreamNamePrefix) }, { logStreamName: afterName(after, order) }] },
    orderBy: { logStreamName: order },
    take: limit + 1,
  });
  return { rows: rows.slice(0, limit), position: rows.length > limit ? rows[limit - 1]?.logStreamName : undefined };
}

async function pageByTime(
  { db }: OperationResources,
  key: GroupKey,
  input: Input,
  summaries: ReadonlyMap<string, LogStreamSummary>,
  after: string | undefined,
): Promise<Page> {
  const limit = input.limit ?? limits.describeCount;
  const sign = input.descending ? -1 : 1;
  const place = (row: Row): [number, string] => [summaries.get(row.logStreamName)?.lastMs ?? 0, row.logStreamName];
  const compare = (a: [number, string], b: [number, string]): number => sign * (a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  const start = after === undefined ? undefined : readPlace(after);
  const rows = (await db.models.logStream.findMany({ where: key }))
    .filter((row) => start === undefined || compare(place(row), start) > 0)
    .sort((a, b) => compare(place(a), place(b)));
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), position: last && rows.length > limit ? place(last).join(":") : undefined };
}

function readPlace(position: string): [number, string] {
  const [, time, name] = /^(\d+(?:\.\d+)?):(.*)$/s.exec(position) ?? [];
  if (time === undefined || name === undefined) throw invalidToken();
  return [Number(time), name];
}

function shape(key: GroupKey, { logStreamName, createdAtMs }: Row, summary: LogStreamSummary | undefined): LogStream {
  return {
    logStreamName,
    creationTime: createdAtMs,
    ...(summary && {
      firstEventTimestamp: summary.firstMs,
      lastEventTimestamp: summary.lastMs,
      lastIngestionTime: summary.lastIngestionMs,
    }),
    arn: streamArn(key, logStreamName),
    // Of streams AWS has reported nothing else since June 2019.
    storedBytes: 0,
  };
}
