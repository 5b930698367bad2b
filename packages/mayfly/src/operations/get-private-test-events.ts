import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { ownerOf } from "../test-events.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetPrivateTestEvents">;
type Output = OutputOf<"mayfly", "GetPrivateTestEvents">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const row = await resources.models.privateTestEvents.findUnique({
    where: { accountId_region_functionName_owner: { ...key, owner: ownerOf(ctx.principal) } },
  });
  return row === null ? {} : { Content: row.content, LastModified: new Date(row.lastModifiedMs) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getPrivateTestEvents: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:GetPrivateTestEvents") };
