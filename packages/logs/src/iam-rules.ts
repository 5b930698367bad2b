import type { ConditionKeys, IamRule } from "@mayfly/kernel";
import { formatArn, noConditionKeys } from "@mayfly/kernel";
import { groupArn, groupKey, groupOfArn, referencedGroup, streamArn, type GroupReference } from "./arns.ts";
import type { OperationResources } from "./resources.ts";
import type { GroupKey } from "./store/log-store.ts";

/** A rule of the service's table. */
export type LogsIamRule<Input> = IamRule<OperationResources, Input>;

/** Tags of a request, as `aws:RequestTag/KEY` and `aws:TagKeys`. */
export function requestTags(tags: Readonly<Record<string, string>> = {}): ConditionKeys {
  const entries = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]] as const);
  return { ...Object.fromEntries(entries), ...tagKeys(Object.keys(tags)) };
}

/** `aws:TagKeys` */
export const tagKeys = (keys: readonly string[]): ConditionKeys => (keys.length > 0 ? { "aws:TagKeys": keys } : {});

/** Tags of a group, as `aws:ResourceTag/KEY`. */
export async function resourceTags(resources: OperationResources, key: GroupKey): Promise<ConditionKeys> {
  const group = resources.store.cachedGroup(key) ?? (await resources.store.findGroup(key));
  return Object.fromEntries(Object.entries(group?.tags ?? {}).map(([name, value]) => [`aws:ResourceTag/${name}`, [value]]));
}

/**
 * The rule of an operation on a group. CloudWatch Logs asks for `NAME:log-stream:`, so that both `NAME:*` and `NAME:log-stream:*` in
 * a policy cover it and a bare `NAME` does not.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function onGroup<Input extends GroupReference>(
  action: `logs:${string}`,
  moreKeys: (input: Input) => ConditionKeys = () => ({}),
): LogsIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => streamArn(referencedGroup(ctx, input), ""),
    conditionKeys: async (ctx, input, resources) => ({
      ...(await resourceTags(resources, referencedGroup(ctx, input))),
      ...moreKeys(input),
    }),
  };
}

/** The rule of an operation on one stream. */
export function onStream<Input extends GroupReference & { logStreamName: string | undefined }>(
  action: `logs:${string}`,
): LogsIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => streamArn(referencedGroup(ctx, input), (input as Input).logStreamName ?? ""),
    conditionKeys: (ctx, input, resources) => resourceTags(resources, referencedGroup(ctx, input)),
  };
}

/** The rule of an operation on a tagged resource: the group's ARN as the tagging operations take it, without `:*`. */
export function onTagged<Input extends { resourceArn: string | undefined }>(
  action: `logs:${string}`,
  moreKeys: (input: Input) => ConditionKeys = () => ({}),
): LogsIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => groupArn(groupOfArn(ctx, (input as Input).resourceArn ?? "")),
    conditionKeys: async (ctx, input, resources) => ({
      ...(await resourceTags(resources, groupOfArn(ctx, (input as Input).resourceArn ?? ""))),
      ...moreKeys(input),
    }),
  };
}

/** The rule of an operation over all groups. */
export const onAllGroups = <Input>(action: `logs:${string}`): LogsIamRule<Input> => ({
  action,
  resource: (ctx) => formatArn({ service: "logs", region: ctx.region, accountId: ctx.accountId, resource: "log-group::log-stream:" }),
  conditionKeys: noConditionKeys,
});

/** The rule of CreateLogGroup: the group that is to be, and its tags. */
export const onNewGroup: LogsIamRule<{ logGroupName: string | undefined; tags?: Record<string, string> | undefined }> = {
  action: "logs:CreateLogGroup",
  resource: (ctx, input) => streamArn(groupKey(ctx, input.logGroupName), ""),
  conditionKeys: (_ctx, input) => requestTags(input.tags),
};
