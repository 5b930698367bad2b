import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { functionArn } from "@mayfly/lambda";
import { notEditableReason } from "../code/editable.ts";
import { listPackage } from "../code/package-files.ts";
import { findCode, onFunction, packageOf, shownSha256 } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListFunctionFiles">;
type Output = OutputOf<"mayfly", "ListFunctionFiles">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key, facts } = await findCode(resources, ctx, input);
  const sha256 = packageOf(facts, input.CodeSha256);
  const { folder, release } = await resources.functionCode.open(sha256);
  try {
    const reason = notEditableReason(facts.runtime);
    return {
      FunctionArn: functionArn(key),
      CodeSha256: shownSha256(sha256),
      RevisionId: facts.revisionId,
      Files: await listPackage(folder),
      Editable: reason === undefined,
      ...(reason !== undefined && { NotEditableReason: reason }),
    };
  } finally {
    release();
  }
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listFunctionFiles: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:ListFunctionFiles") };
