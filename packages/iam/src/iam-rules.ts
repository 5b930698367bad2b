import { formatArn, noConditionKeys, type ConditionKeys, type IamRule, type RequestContext } from "@mayfly/kernel";
import type { Tag } from "@mayfly/wire/iam";
import { entityArn, lookUpEntity, type EntityKind } from "./entity.ts";
import { lookUpPolicy } from "./managed-policy.ts";
import type { IamResources } from "./resources.ts";
import { parseTags, requestTagKeys, resourceTagKeys } from "./tags.ts";

/** Members of inputs that condition keys speak of. */
interface ConditionInput {
  readonly PolicyArn?: string | undefined;
  readonly PermissionsBoundary?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}

type Extra = "policy" | "boundary";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
function requestKeys(input: ConditionInput, extras: readonly Extra[] = []): ConditionKeys {
  return {
    ...requestTagKeys(input),
    ...(extras.includes("policy") && input.PolicyArn !== undefined && { "iam:PolicyARN": [input.PolicyArn] }),
    ...(input.PermissionsBoundary !== undefined && { "iam:PermissionsBoundary": [input.PermissionsBoundary] }),
  };
}

const arnOf = (ctx: RequestContext, resource: string): string =>
  formatArn({ service: "iam", region: "", accountId: ctx.accountId, resource });

function onEntity<Input extends ConditionInput>(kind: EntityKind, nameOf: (input: Input, ctx: RequestContext) => string | undefined) {
  return (action: string, ...extras: Extra[]): IamRule<IamResources, Input> => ({
    action,
    resource: async (ctx, input, { models }) => {
      const name = nameOf(input, ctx);
      if (name === undefined) return arnOf(ctx, `${kind}/*`);
      const entity = await lookUpEntity(models, ctx.accountId, kind, name);
      return entity ? entityArn(entity) : arnOf(ctx, `${kind}/${name}`);
    },
    conditionKeys: async (ctx, checked, { models }) => {
      const input = checked as Input;
      const name = nameOf(input, ctx);
      const entity = name === undefined ? undefined : await lookUpEntity(models, ctx.accountId, kind, name);
      const boundary = entity?.permissionsBoundary ?? undefined;
      return {
        ...(extras.includes("boundary") && boundary !== undefined && { "iam:PermissionsBoundary": [boundary] }),
        ...requestKeys(input, extras),
        ...resourceTagKeys(parseTags(entity?.tags ?? "{}")),
      };
    },
  });
}

/** For operations on the role `RoleName`. With "policy", iam:PolicyARN is set; with "boundary", iam:PermissionsBoundary is the role's own. */
export const onRole = onEntity<ConditionInput & { readonly RoleName: string | undefined }>("role", ({ RoleName }) => RoleName);

/** For operations on the user `UserName`; without one, the caller. */
export const onUser = onEntity<ConditionInput & { readonly UserName?: string | undefined }>(
  "user",
  ({ UserName }, { principal }) => UserName ?? (principal.kind === "user" ? principal.userName : undefined),
);

/** For operations that make a resource with a path. */
export function onNew<Input extends ConditionInput & { readonly Path?: string | undefined }>(
  action: string,
  kind: EntityKind | "policy",
  nameOf: (input: Input) => string | undefined,
): IamRule<IamResources, Input> {
  return {
    action,
    resource: (ctx, input) => arnOf(ctx, `${kind}${(input as Input).Path ?? "/"}${nameOf(input)}`),
    conditionKeys: (_ctx, input) => requestKeys(input),
  };
}

/** For operations on the managed policy `PolicyArn`: the account's own or one of AWS's. */
export const onPolicy = (action: string): IamRule<IamResources, ConditionInput & { readonly PolicyArn: string | undefined }> => ({
  action,
  resource: (_ctx, { PolicyArn }) => PolicyArn,
  conditionKeys: async (ctx, input, { models }) => ({
    ...requestKeys(input),
    ...resourceTagKeys(parseTags((await lookUpPolicy(models, ctx.accountId, input.PolicyArn))?.tags ?? "{}")),
  }),
});

/** For lists, whose resource is all there is of a kind under a path. */
export const onAll = (
  action: string,
  kind: EntityKind | "policy",
): IamRule<IamResources, { readonly PathPrefix?: string | undefined }> => ({
  action,
  resource: (ctx, { PathPrefix }) => (kind === "policy" ? "*" : arnOf(ctx, `${kind}${PathPrefix ?? "/"}`)),
  conditionKeys: noConditionKeys,
});
