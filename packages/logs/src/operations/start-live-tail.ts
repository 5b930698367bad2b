import { newUuid, type Checked, type InputOf, type RequestContext } from "@mayfly/kernel";
import { groupOfArn, streamArn } from "../arns.ts";
import { invalidParameter } from "../faults.ts";
import { parseFilterPattern } from "../filter-pattern/parse-filter-pattern.ts";
import { resourceTags } from "../iam-rules.ts";
import type { TailFilter } from "../live-tail/tail-sessions.ts";
import type { LogsOperation } from "../resources.ts";
import type { GroupKey } from "../store/log-store.ts";

type Input = Checked<InputOf<"logs", "StartLiveTail">>;

const action = "logs:StartLiveTail";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
export const startLiveTail: LogsOperation<"StartLiveTail"> = {
  iam: {
    action,
    // Of the first group; `run` asks for the others.
    resource: (ctx, input) => streamArn(groupOfArn(ctx, input.logGroupIdentifiers[0] ?? ""), ""),
    conditionKeys: (ctx, input, resources) => resourceTags(resources, groupOfArn(ctx, input.logGroupIdentifiers[0] ?? "")),
  },
  async run(resources, ctx, input) {
    checkStreams(input);
    const groups = groupsOf(ctx, input);
    const filter: TailFilter = { groups, matches: matcher(input) };
    for (const group of groups.slice(1)) {
      await ctx.authorize({ action, resource: streamArn(group, ""), conditionKeys: await resourceTags(resources, group) });
    }
    await Promise.all(groups.map((group) => resources.store.group(group)));
    const responseStream = resources.tailSessions.open(ctx, filter, {
      requestId: ctx.requestId,
      sessionId: newUuid(),
      logGroupIdentifiers: input.logGroupIdentifiers,
      logStreamNames: input.logStreamNames ?? [],
      logStreamNamePrefixes: input.logStreamNamePrefixes ?? [],
      logEventFilterPattern: input.logEventFilterPattern ?? "",
    });
    return { responseStream };
  },
};

function checkStreams({ logGroupIdentifiers, logStreamNames, logStreamNamePrefixes }: Input): void {
  if (logStreamNames !== undefined && logStreamNamePrefixes !== undefined) {
    throw invalidParameter("LogStream names and LogStream name prefixes are mutually exclusive parameters.");
  }
  if ((logStreamNames ?? logStreamNamePrefixes) !== undefined && logGroupIdentifiers.length > 1) {
    throw invalidParameter("LogStream names and LogStream name prefixes can only be specified with a single LogGroup identifier.");
  }
}

/** Each group once. @throws InvalidParameterException unless every identifier is a group's ARN */
function groupsOf(ctx: RequestContext, { logGroupIdentifiers }: Input): readonly GroupKey[] {
  const groups = logGroupIdentifiers.map((arn) => groupOfArn(ctx, arn));
  return [...new Map(groups.map((group) => [group.logGroupName, group])).values()];
}

function matcher({ logStreamNames, logStreamNamePrefixes, logEventFilterPattern }: Input): TailFilter["matches"] {
  const matchesLine = parseFilterPattern(logEventFilterPattern ?? "");
  const names = logStreamNames && new Set(logStreamNames);
  return (logStreamName, message) =>
    (names?.has(logStreamName) ?? true) &&
    (logStreamNamePrefixes?.some((prefix) => logStreamName.startsWith(prefix)) ?? true) &&
    matchesLine(message);
}
