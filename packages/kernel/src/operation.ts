import type { RequestContext } from "./context.ts";
import type { Checked, InputOf, OperationName, OutputOf, ServiceName } from "./catalog.ts";
import type { PolicyDocument } from "./policy.ts";

/** Values of condition keys in a request: `{"lambda:FunctionArn": ["arn:..."]}`. A key that is absent is not set. */
export type ConditionKeys = Readonly<Record<string, readonly string[] | undefined>>;

/** Condition keys that cost a look-up: they are read only if a policy at hand speaks of one. */
export interface CostlyKeys {
  /** What their names begin with. */
  readonly prefix: string;
  readonly read: () => Promise<ConditionKeys>;
}

/** What IAM is asked before an operation runs. Every row of a service's table must say all of it. */
export interface IamRule<Resources, Input> {
  /** `lambda:CreateFunction`; AWS's own name for the permission, which may differ from the operation's. */
  readonly action: string;
  /** Where it depends on the request (a version of an object). */
  readonly actionOf?: (input: Checked<Input>) => string;
  /** ARN that the permission is about, or `*`. */
  readonly resource: (ctx: RequestContext, input: Checked<Input>, resources: Resources) => string | Promise<string>;
  /** Whose the resource is, where its ARN does not say. */
  readonly resourceAccountId?: (ctx: RequestContext, input: Checked<Input>, resources: Resources) => string | undefined;
  /** Service-specific condition keys; `noConditionKeys` where AWS has none. */
  readonly conditionKeys: (ctx: RequestContext, input: Checked<Input>, resources: Resources) => ConditionKeys | Promise<ConditionKeys>;
  readonly costlyKeys?: (ctx: RequestContext, input: Checked<Input>, resources: Resources) => CostlyKeys | undefined;
  /** The resource's own policy, where it can have one. */
  readonly resourcePolicy?: (
    ctx: RequestContext,
    input: Checked<Input>,
    resources: Resources,
  ) => PolicyDocument | undefined | Promise<PolicyDocument | undefined>;
  /** See AuthorizationRequest.grantedBy. */
  readonly grantedBy?: "either" | "resource-policy";
  /** AWS asks for no permission at all (sts:GetCallerIdentity). */
  readonly noPermissionNeeded?: true;
}

/** For operations on which AWS defines no service-specific condition keys. */
export const noConditionKeys = (): ConditionKeys => ({});

/** One operation: the code that runs it and what IAM is asked first. */
export interface OperationRow<Resources, Input, Output> {
  readonly run: (resources: Resources, ctx: RequestContext, input: Checked<Input>) => Promise<Output> | Output;
  readonly iam: IamRule<Resources, Input>;
}

/** A service's operations. What the table lacks answers as AWS does for an unknown operation. */
export type OperationTable<S extends ServiceName, Resources> = {
  readonly [O in OperationName<S>]?: OperationRow<Resources, InputOf<S, O>, OutputOf<S, O>>;
};

/** A row whose types are erased, as the gateway dispatches it. */
export interface BoundOperation {
  readonly run: (ctx: RequestContext, input: unknown) => Promise<unknown>;
  readonly authorize: (ctx: RequestContext, input: unknown) => Promise<void>;
}

/** A service, ready to be called by the gateway or by another service. */
export interface Service {
  readonly name: ServiceName;
  readonly operation: (name: string) => BoundOperation | undefined;
}

/** Binds a table to its resources. The only place where operations lose their static types. */
export function defineService<S extends ServiceName, Resources>(
  name: S,
  table: OperationTable<S, Resources>,
  resources: Resources,
): Service {
  const bound = new Map<string, BoundOperation>();
  for (const [operation, row] of Object.entries(table) as [string, OperationRow<Resources, unknown, unknown>][]) {
    bound.set(operation, {
      run: async (ctx, input) => row.run(resources, ctx, input),
      authorize: (ctx, input) => authorizeRow(row.iam, resources, ctx, input),
    });
  }
  return { name, operation: (operation) => bound.get(operation) };
}

async function authorizeRow<Resources>(
  iam: IamRule<Resources, unknown>,
  resources: Resources,
  ctx: RequestContext,
  input: unknown,
): Promise<void> {
  if (iam.noPermissionNeeded) return;
  await ctx.authorize({
    action: iam.actionOf?.(input) ?? iam.action,
    ...(iam.resourceAccountId && { resourceAccountId: iam.resourceAccountId(ctx, input, resources) }),
    resource: await iam.resource(ctx, input, resources),
    conditionKeys: await iam.conditionKeys(ctx, input, resources),
    ...(iam.costlyKeys && { costlyKeys: iam.costlyKeys(ctx, input, resources) }),
    resourcePolicy: await iam.resourcePolicy?.(ctx, input, resources),
    ...(iam.grantedBy && { grantedBy: iam.grantedBy }),
  });
}
