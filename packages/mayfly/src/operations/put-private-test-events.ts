import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { checkTestEvents, ownerOf } from "../test-events.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "PutPrivateTestEvents">;
type Output = OutputOf<"mayfly", "PutPrivateTestEvents">;

async function run({ models, clock, ...rest }: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode({ models, clock, ...rest }, ctx, input);
  const events = checkTestEvents(input.Content);
  const id = { ...key, owner: ownerOf(ctx.principal) };
  const lastModifiedMs = clock.now();
  const where = { accountId_region_functionName_owner: id };
  if (events.length === 0) await models.privateTestEvents.deleteMany({ where: id });
  else {
    const data = { lastModifiedMs, content: input.Content };
    await models.privateTestEvents.upsert({ where, create: { ...id, ...data }, update: data });
  }
  return { LastModified: new Date(lastModifiedMs) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const putPrivateTestEvents: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:PutPrivateTestEvents") };
