import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { mayflyLimits } from "../limits.ts";
import { shapeKept } from "../replay/kept-row.ts";
import { pageStart, pageToken } from "../replay/pages.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListKeptInvocations">;
type Output = OutputOf<"mayfly", "ListKeptInvocations">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const count = Math.min(input.MaxItems ?? mayflyLimits.keptPageCount, mayflyLimits.keptPageCount);
  const found = await resources.kept.list(key, pageStart(input.Marker), count + 1);
  const page = found.slice(0, count);
  const last = page.at(-1);
  return { Invocations: page.map(shapeKept), ...(found.length > count && last && { NextMarker: pageToken(last.invokedAtMs) }) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listKeptInvocations: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:ListKeptInvocations") };
