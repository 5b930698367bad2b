import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { deployZip } from "../code/deploy.ts";
import { listPackage } from "../code/package-files.ts";
import { writePackage } from "../code/write-package.ts";
import { findCode, onFunction, packageOf } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "DeployFunctionFiles">;
type Output = OutputOf<"mayfly", "DeployFunctionFiles">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key, facts } = await findCode(resources, ctx, input);
  const { folder, release } = await resources.functionCode.open(packageOf(facts, input.BaseCodeSha256));
  try {
    const zip = await writePackage(folder, await listPackage(folder), input.Changes);
    const deployed = await deployZip(ctx, key, zip, input.RevisionId);
    await resources.drafts.remove(key);
    return deployed;
  } finally {
    release();
  }
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const deployFunctionFiles: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:DeployFunctionFiles") };
