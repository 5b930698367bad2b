import { readFile } from "node:fs/promises";
import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { deployZip } from "../code/deploy.ts";
import { findCode, onFunction, packageOf } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "RevertFunctionCode">;
type Output = OutputOf<"mayfly", "RevertFunctionCode">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key, facts } = await findCode(resources, ctx, input);
  const sha256 = packageOf(facts, input.CodeSha256);
  const { release } = await resources.functionCode.open(sha256);
  try {
    return await deployZip(ctx, key, await readFile(resources.blobs.path(sha256)), input.RevisionId);
  } finally {
    release();
  }
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const revertFunctionCode: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:RevertFunctionCode") };
