import { formatArn, parseArn, type RequestContext } from "@mayfly/kernel";
import { groupNotFound, invalidParameter } from "./faults.ts";
import type { GroupKey } from "./store/log-store.ts";

const service = "logs";

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME` */
export const groupArn = ({ accountId, region, logGroupName }: GroupKey): string =>
  formatArn({ service, region, accountId, resource: `log-group:${logGroupName}` });

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:log-stream:STREAM` */
export const streamArn = (group: GroupKey, logStreamName: string): string => `${groupArn(group)}:log-stream:${logStreamName}`;

/** The caller's group of that name. */
export const groupKey = (ctx: Pick<RequestContext, "accountId" | "region">, logGroupName: string): GroupKey => ({
  accountId: ctx.accountId,
  region: ctx.region,
  logGroupName,
});

/** The two ways to name a group. */
export interface GroupReference {
  readonly logGroupName?: string | undefined;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/** The group that a request names. @throws InvalidParameterException unless it does so once */
export function referencedGroup(ctx: RequestContext, { logGroupName, logGroupIdentifier }: GroupReference): GroupKey {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter("LogGroup name and LogGroup identifier are mutually exclusive parameters.");
  }
  const named = logGroupName ?? logGroupIdentifier;
  if (named === undefined) throw invalidParameter("Either LogGroup name or LogGroup identifier must be specified.");
  return named.startsWith("arn:") ? groupOfArn(ctx, named) : groupKey(ctx, named);
}

/** The group of an ARN, with or without `:*`. @throws InvalidParameterException, ResourceNotFoundException for another account's */
export function groupOfArn(ctx: RequestContext, arn: string): GroupKey {
  const parsed = parseArn(arn);
  const name = /^log-group:([^:]+)(:\*)?$/.exec(parsed?.resource ?? "")?.[1];
  if (parsed?.service !== service || name === undefined) throw invalidParameter("Invalid resource ARN.");
  if (parsed.accountId !== ctx.accountId || parsed.region !== ctx.region) throw groupNotFound();
  return groupKey(ctx, name);
}
