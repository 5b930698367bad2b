import { noConditionKeys, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { AccessDenied } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListFunctionTags">;
type Output = OutputOf<"mayfly", "ListFunctionTags">;

const defaultPageItems = 200;

async function run(
  _resources: MayflyResources,
  ctx: RequestContext,
  { Marker, MaxItems = defaultPageItems }: Checked<Input>,
): Promise<Output> {
  const { Functions = [], NextMarker } = await ctx.call("lambda", "ListFunctions", {
    MaxItems,
    ...(Marker !== undefined && { Marker }),
  });
  const tagged = await Promise.all(Functions.map(({ FunctionArn = "" }) => tagsOf(ctx, FunctionArn)));
  return { Functions: tagged.filter((item) => item !== undefined), ...(NextMarker !== undefined && { NextMarker }) };
}

/** undefined if the caller may not see them */
async function tagsOf(ctx: RequestContext, FunctionArn: string) {
  try {
    const { Tags = {} } = await ctx.call("lambda", "ListTags", { Resource: FunctionArn });
    return { FunctionArn, Tags };
  } catch (error) {
    if (error instanceof AccessDenied) return undefined;
    throw error;
  }
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listFunctionTags: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:ListFunctionTags", resource: () => "*", conditionKeys: noConditionKeys },
};
