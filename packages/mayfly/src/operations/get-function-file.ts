import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { readPackageFile } from "../code/package-files.ts";
import { findCode, onFunction, packageOf } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetFunctionFile">;
type Output = OutputOf<"mayfly", "GetFunctionFile">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { facts } = await findCode(resources, ctx, input);
  const { folder, release } = await resources.functionCode.open(packageOf(facts, input.CodeSha256));
  try {
    return { Path: input.Path, Content: await readPackageFile(folder, input.Path) };
  } finally {
    release();
  }
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getFunctionFile: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:GetFunctionFile") };
