import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { checkPackagePath } from "../code/package-path.ts";
import { findCode, onFunction } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "PutFunctionDraft">;
type Output = OutputOf<"mayfly", "PutFunctionDraft">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  for (const { Path, CopyFrom } of input.Changes) {
    checkPackagePath(Path);
    if (CopyFrom !== undefined) checkPackagePath(CopyFrom);
  }
  const { BaseCodeSha256, Changes, DraftRevisionId } = input;
  return resources.drafts.put(key, { BaseCodeSha256, Changes, LastModifiedBy: ctx.principal.arn }, DraftRevisionId);
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const putFunctionDraft: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:PutFunctionDraft") };
