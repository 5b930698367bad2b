import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { onFunction } from "../function-of.ts";
import { findKept } from "../replay/find-kept.ts";
import { shapeKeptDetails } from "../replay/kept-row.ts";
import { originalLog } from "../replay/original-log.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ReplayInvocation">;
type Output = OutputOf<"mayfly", "ReplayInvocation">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const row = await findKept(resources, ctx, input);
  const Original = shapeKeptDetails(resources.sealer, row, await originalLog(ctx, row));
  const before = resources.clock.now();
  const result = await ctx.call("lambda", "Invoke", {
    FunctionName: input.FunctionName,
    Qualifier: input.Qualifier ?? row.qualifier,
    LogType: "Tail",
    Payload: Buffer.from(Original.Event),
  });
  const Log = Buffer.from(result.LogResult ?? "", "base64").toString("utf8");
  return {
    Original,
    Replay: {
      InvokedAt: new Date(before),
      ExecutedVersion: result.ExecutedVersion ?? "",
      DurationMs: reportedDuration(Log) ?? resources.clock.now() - before,
      Response: Buffer.from(result.Payload ?? []).toString("utf8"),
      Log,
      ...(result.FunctionError !== undefined && { FunctionError: result.FunctionError }),
    },
  };
}

/** As the REPORT line has it, of either log format. */
function reportedDuration(log: string): number | undefined {
  const [, text, json] = /REPORT RequestId: .*?Duration: ([\d.]+) ms|"durationMs":([\d.]+)/.exec(log) ?? [];
  const found = text ?? json;
  return found === undefined ? undefined : Number(found);
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const replayInvocation: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:ReplayInvocation") };
