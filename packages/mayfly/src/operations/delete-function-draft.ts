import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "DeleteFunctionDraft">;
type Output = OutputOf<"mayfly", "DeleteFunctionDraft">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  await resources.drafts.remove(key);
  return {};
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const deleteFunctionDraft: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:DeleteFunctionDraft") };
