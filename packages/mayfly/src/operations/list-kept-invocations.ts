import { Fault, readPage, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { mayflyLimits } from "../limits.ts";
import { shapeKept, type KeptRow } from "../replay/kept-row.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListKeptInvocations">;
type Output = OutputOf<"mayfly", "ListKeptInvocations">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const { items, next } = await readPage(
    {
      list: "ListKeptInvocations",
      token: input.Marker === "" ? undefined : input.Marker,
      count: Math.min(input.MaxItems ?? mayflyLimits.keptPageCount, mayflyLimits.keptPageCount),
      keyOf: ({ invokedAtMs }: Pick<KeptRow, "invokedAtMs">) => invokedAtMs,
      refusal: () => new Fault("ValidationException", "The provided Marker is invalid."),
    },
    (before: number | undefined, count) => resources.kept.list(key, before, count),
  );
  return { Invocations: items.map(shapeKept), ...(next !== undefined && { NextMarker: next }) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listKeptInvocations: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:ListKeptInvocations") };
