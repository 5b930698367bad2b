import type { Checked, InputOf, OperationRow, OutputOf, RequestContext, TrailOfEvent, TrailStep } from "@mayfly/kernel";
import { functionArn, parseFunctionName } from "@mayfly/lambda";
import type { EventTrailStep } from "@mayfly/wire/mayfly";
import { mayflyLimits } from "../limits.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListEventTrails">;
type Output = OutputOf<"mayfly", "ListEventTrails">;

async function run({ trail }: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { accountId, region } = ctx;
  const { Id, FunctionName, Qualifier, SourceArn, MaxItems = mayflyLimits.trailPageCount } = input;
  const named = FunctionName === undefined ? undefined : parseFunctionName(ctx, FunctionName);
  const query = { accountId, region, id: Id, functionArn: named && functionArn(named, Qualifier), sourceArn: SourceArn };
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
    ...(step.requestId !== undefined && { RequestId: step.requestId }),
    ...detailOf(step),
  })),
});

/** What is said of a step, by its kind; of the others there is nothing to say. */
const details: { readonly [K in TrailStep["kind"]]?: (step: Extract<TrailStep, { readonly kind: K }>) => string } = {
  produced: ({ by }) => `by ${by}`,
  repeated: ({ by }) => `by ${by}`,
  accepted: ({ by, what }) => [by && `by ${by}`, what].filter(Boolean).join("; "),
  postponed: ({ until }) => `until ${until}`,
  told: ({ arn }) => arn,
  untold: ({ arn, reason }) => `${arn}: ${reason}`,
  taken: ({ by, receiveCount }) => `by ${by}, receive ${receiveCount}`,
  received: ({ receiveCount }) => `receive ${receiveCount}`,
  filtered: ({ why }) => why.join("; "),
  throttled: ({ attempt }) => `attempt ${attempt}`,
  unavailable: ({ reason }) => reason,
  refused: ({ attempt, reason, again }) => `attempt ${attempt}: ${reason}${again === undefined ? "" : `; again at ${again}`}`,
  "dead-lettered": ({ queueArn }) => queueArn,
  moved: ({ queueArn }) => queueArn,
  "given-up": ({ reason }) => reason,
};

function detailOf(step: TrailStep): Pick<EventTrailStep, "Detail"> {
  const tell = details[step.kind] as ((step: TrailStep) => string) | undefined;
  const { messageId, sequencer } = step;
  const said = [tell?.(step), messageId && `message ${messageId}`, sequencer && `sequencer ${sequencer}`].filter(Boolean);
  return said.length === 0 ? {} : { Detail: said.join("; ") };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listEventTrails: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:ListEventTrails", resource: () => "*", conditionKeys: () => ({}) },
};
