import type { Database } from "@mayfly/db";
import { readPage, type InputOf, type RequestContext } from "@mayfly/kernel";
import type { LogGroup, LogGroupClass } from "@mayfly/wire/logs";
import { groupArn, groupKey, groupOfArn } from "../arns.ts";
import { invalidParameter, invalidToken } from "../faults.ts";
import { onAllGroups } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { afterName, beginningWith } from "../name-range.ts";
import type { LogsOperation } from "../resources.ts";

type Input = InputOf<"logs", "DescribeLogGroups">;
type Row = NonNullable<Awaited<ReturnType<Database["models"]["logGroup"]["findFirst"]>>>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups: LogsOperation<"DescribeLogGroups"> = {
  iam: onAllGroups("logs:DescribeLogGroups"),
  async run({ db }, ctx, input) {
    if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined) {
      throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    const query = {
      list: "DescribeLogGroups",
      token: input.nextToken,
      count: input.limit ?? limits.describeCount,
      keyOf: ({ logGroupName }: Row) => logGroupName,
      refusal: invalidToken,
    };
    const { items, next } = await readPage(query, (after, count) => matching(db, ctx, input, { after, count }));
    return { logGroups: await Promise.all(items.map((row) => shape(db, row))), ...(next !== undefined && { nextToken: next }) };
  },
};

interface NameRange {
  readonly after: string | undefined;
  readonly count: number;
}

/** The first `count` groups after a name that are asked for, by name. */
async function matching(db: Database, ctx: RequestContext, input: Input, { after: start, count }: NameRange): Promise<Row[]> {
  const identifiers = input.logGroupIdentifiers?.map(
    (name) => (name.startsWith("arn:") ? groupOfArn(ctx, name) : groupKey(ctx, name)).logGroupName,
  );
  const { accountId, region } = ctx;
  let after = start;
  const found: Row[] = [];
  for (;;) {
    const rows = await db.models.logGroup.findMany({
      where: {
        accountId,
        region,
        AND: [
          { logGroupName: beginningWith(input.logGroupNamePrefix) },
          { logGroupName: afterName(after) },
          ...(identifiers ? [{ logGroupName: { in: identifiers } }] : []),
        ],
        ...(input.logGroupClass && { logGroupClass: input.logGroupClass }),
      },
      orderBy: { logGroupName: "asc" },
      take: count,
    });
    // SQLite's LIKE knows no upper and lower case; AWS's pattern does.
    found.push(...rows.filter(({ logGroupName }) => logGroupName.includes(input.logGroupNamePattern ?? "")));
    if (rows.length < count || found.length >= count) return found.slice(0, count);
    after = rows.at(-1)?.logGroupName;
  }
}

async function shape(db: Database, row: Row): Promise<LogGroup> {
  const summaries = await db.logEvents.summaries({ accountId: row.accountId, region: row.region, logGroupName: row.logGroupName });
  return {
    logGroupName: row.logGroupName,
    creationTime: row.createdAtMs,
    ...(row.retentionInDays !== null && { retentionInDays: row.retentionInDays }),
    metricFilterCount: 0,
    arn: `${groupArn(row)}:*`,
    storedBytes: summaries.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(row.kmsKeyId !== null && { kmsKeyId: row.kmsKeyId }),
    logGroupClass: row.logGroupClass as LogGroupClass,
    logGroupArn: groupArn(row),
    deletionProtectionEnabled: row.deletionProtectionEnabled,
  };
}
