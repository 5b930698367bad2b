import type { Checked, InputOf, OperationRow, OutputOf, RequestContext, TrailOfEvent, TrailStep } from "@mayfly/kernel";
import { functionArn, parseFunctionName } from "@mayfly/lambda";
import type { EventTrailStep } from "@mayfly/wire/mayfly";
import { mayflyLimits } from "../limits.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListEventTrails">;
type Output = OutputOf<"mayfly", "ListEventTrails">;

async function run({ trail }: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { accountId, region } = ctx;
  const { Id, FunctionName, SourceArn, MaxItems = mayflyLimits.trailPageCount } = input;
  const named = FunctionName === undefined ? undefined : parseFunctionName(ctx, FunctionName);
  const query = { accountId, region, id: Id, functionArn: named && functionArn(named), sourceArn: SourceArn };
  const found = await trail.find(query, Math.min(MaxItems, mayflyLimits.trailPageCount));
  return { Trails: found.map(shape) };
}

const shape = ({ eventId, sourceArn, functionArn, mappingUuid, steps }: TrailOfEvent): Output["Trails"][number] => ({
  EventId: eventId,
  SourceArn: sourceArn,
  FunctionArn: functionArn,
  MappingUUID: mappingUuid,
  Steps: steps.map((step) => ({
    At: new Date(step.atMs),
    Kind: step.kind,
    ...("requestId" in step && { RequestId: step.requestId }),
    ...detailOf(step),
  })),
});

function detailOf(step: TrailStep): Pick<EventTrailStep, "Detail"> {
  if (step.kind === "received") return { Detail: `receive ${step.receiveCount}` };
  if (step.kind === "filtered") return { Detail: step.why.join("; ") };
  if (step.kind === "throttled") return { Detail: `attempt ${step.attempt}` };
  return step.kind === "unavailable" ? { Detail: step.reason } : {};
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listEventTrails: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:ListEventTrails", resource: () => "*", conditionKeys: () => ({}) },
};
