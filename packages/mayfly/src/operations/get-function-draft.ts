import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetFunctionDraft">;
type Output = OutputOf<"mayfly", "GetFunctionDraft">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const Draft = await resources.drafts.get(key);
  return Draft === undefined ? {} : { Draft };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getFunctionDraft: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:GetFunctionDraft") };
