import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { checkDuplicate } from "../event-source-mappings/check-duplicate.ts";
import { checkSource } from "../event-source-mappings/check-source.ts";
import { findMappedFunction } from "../event-source-mappings/mapped-function.ts";
import { mappingNotFound, unsupported } from "../event-source-mappings/mapping-faults.ts";
import { onMapping } from "../event-source-mappings/mapping-rules.ts";
import { changingState, checkSettled } from "../event-source-mappings/mapping-states.ts";
import { mappedFunctionArn, mappingArn, type MappingRecord } from "../event-source-mappings/mapping.ts";
import { readSettings } from "../event-source-mappings/read-settings.ts";
import { shapeMapping } from "../event-source-mappings/shape-mapping.ts";
import { invalidParameter } from "../faults.ts";
import { parseFunctionName } from "../function-name.ts";
import { resourceTags } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "UpdateEventSourceMapping">;
type Output = OutputOf<"lambda", "UpdateEventSourceMapping">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export const updateEventSourceMapping: OperationRow<OperationResources, Input, Output> = {
  iam: onMapping("lambda:UpdateEventSourceMapping"),
  async run(resources, ctx, input) {
    const key = { accountId: ctx.accountId, region: ctx.region, uuid: input.UUID };
    checkUnchangeable(input);
    const decide = (current: MappingRecord | undefined): MappingRecord => {
      if (current === undefined) throw mappingNotFound();
      checkSettled(current, "update");
      return changed(resources, ctx, input, current);
    };
    // Sources are asked before anything is locked: one that answers late holds up nobody else.
    await checkFunction(resources, ctx, input, decide(await resources.mappings.find(key)));
    const record = await resources.mappings.change(key, async (current) => {
      const next = decide(current);
      await checkDuplicate(resources, next);
      return next;
    });
    resources.mappingSettling.soon(record);
    return shapeMapping(resources, ctx, record);
  },
};

/** What is part of a source is its as long as the mapping lives. */
function checkUnchangeable(input: Checked<Input>): void {
  const { CollectionName, DatabaseName } = input.DocumentDBEventSourceConfig ?? {};
  const named = [CollectionName !== undefined && "collectionName", DatabaseName !== undefined && "databaseName"].filter(Boolean);
  if (named.length > 0) throw invalidParameter(`Invalid parameters: ${named.join(", ")}`);
  for (const name of ["AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig"] as const) {
    if (input[name]?.ConsumerGroupId === undefined) continue;
    throw unsupported(`'${name.charAt(0).toLowerCase()}${name.slice(1)}.consumerGroupId'`);
  }
}

function changed({ clock, limits }: OperationResources, ctx: RequestContext, input: Checked<Input>, before: MappingRecord): MappingRecord {
  const isEnabled = input.Enabled ?? before.isEnabled;
  const settings = readSettings(before.kind, input, before.settings, limits);
  const named = input.FunctionName === undefined ? undefined : parseFunctionName(ctx, input.FunctionName);
  return {
    ...before,
    ...(named && { functionName: named.functionName, qualifier: named.qualifier }),
    settings,
    isEnabled,
    state: changingState(before, isEnabled),
    lastModifiedMs: clock.now(),
  };
}

/** The function is looked for if the request names one, and so is the source; a mapping whose function is gone can be disabled. */
async function checkFunction(
  resources: OperationResources,
  ctx: RequestContext,
  input: Checked<Input>,
  next: MappingRecord,
): Promise<void> {
  const { FunctionName } = input;
  if (FunctionName !== undefined) {
    // The rule spoke of the function that the mapping had.
    const conditionKeys = { ...resourceTags(next.tags), "lambda:FunctionArn": [mappedFunctionArn(next)] };
    await ctx.authorize({ action: "lambda:UpdateEventSourceMapping", resource: mappingArn(next), conditionKeys });
  }
  const needsFunction = FunctionName !== undefined || input.DestinationConfig !== undefined || input.BatchSize !== undefined;
  if (!needsFunction && input.MaximumBatchingWindowInSeconds === undefined) return;
  const { configuration, role } = await findMappedFunction(resources, ctx, FunctionName ?? mappedFunctionArn(next));
  await checkSource(resources, { ...next, timeoutSeconds: configuration.Timeout }, role);
}
