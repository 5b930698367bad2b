import { newUuid, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { checkDuplicate } from "../event-source-mappings/check-duplicate.ts";
import { checkSource } from "../event-source-mappings/check-source.ts";
import { findMappedFunction } from "../event-source-mappings/mapped-function.ts";
import { mappingArn, type MappingKey, type MappingSettings } from "../event-source-mappings/mapping.ts";
import { readSettings } from "../event-source-mappings/read-settings.ts";
import { shapeMapping } from "../event-source-mappings/shape-mapping.ts";
import { kindOfArn, type SourceKindName } from "../event-source-mappings/source-kinds.ts";
import { checkStartingPosition } from "../event-source-mappings/starting-position.ts";
import { invalidParameter } from "../faults.ts";
import { parseFunctionName, referenceArn } from "../function-name.ts";
import { requestTags } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { checkTags } from "../tags/check-tags.ts";

type Input = InputOf<"lambda", "CreateEventSourceMapping">;
type Output = OutputOf<"lambda", "CreateEventSourceMapping">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const createEventSourceMapping: OperationRow<OperationResources, Input, Output> = {
  iam: {
    action: "lambda:CreateEventSourceMapping",
    resource: () => "*",
    conditionKeys: (ctx, input) => ({
      "lambda:FunctionArn": [referenceArn(parseFunctionName(ctx, input.FunctionName))],
      ...requestTags(input.Tags),
    }),
  },
  async run(resources, ctx, input) {
    const { mappings, mappingSettling, clock, limits } = resources;
    const key: MappingKey = { accountId: ctx.accountId, region: ctx.region, uuid: newUuid() };
    const tags = { ...input.Tags };
    await checkPermission(ctx, key, input);
    checkTags(tags, tags, limits);
    const kind = kindOf(input);
    const settings = readSettings(kind, input, consumerGroups(kind, key), limits);
    checkStartingPosition(kind, input, clock.now());
    const { reference, configuration, role } = await findMappedFunction(resources, ctx, input.FunctionName);
    const { EventSourceArn: eventSourceArn, StartingPositionTimestamp, Enabled = true } = input;
    await checkSource(resources, { kind, eventSourceArn, settings, timeoutSeconds: configuration.Timeout }, role);
    const record = await mappings.create(key, async () => {
      const nowMs = clock.now();
      const fresh = {
        ...key,
        functionName: reference.functionName,
        qualifier: reference.qualifier,
        kind,
        eventSourceArn,
        state: "Creating",
        isEnabled: Enabled,
        lastProcessingResult: undefined,
        startingPositionTimestampMs: StartingPositionTimestamp?.getTime(),
        settings,
        tags,
        createdAtMs: nowMs,
        lastModifiedMs: nowMs,
      } as const;
      await checkDuplicate(resources, fresh);
      return fresh;
    });
    mappingSettling.soon(record);
    return shapeMapping(resources, ctx, record);
  },
};

async function checkPermission(ctx: RequestContext, key: MappingKey, { Tags = {} }: Checked<Input>): Promise<void> {
  if (Object.keys(Tags).length === 0) return;
  await ctx.authorize({ action: "lambda:TagResource", resource: mappingArn(key), conditionKeys: requestTags(Tags) });
}

function kindOf({ EventSourceArn, SelfManagedEventSource }: Checked<Input>): SourceKindName {
  const servers = SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS ?? [];
  const kind = EventSourceArn === undefined ? servers.length > 0 && "selfManagedKafka" : kindOfArn(EventSourceArn);
  if (!kind) throw invalidParameter("Unrecognized event source.");
  return kind;
}

/** Who names no consumer group has one of the mapping's name. https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html */
function consumerGroups(kind: SourceKindName, { uuid }: MappingKey): MappingSettings {
  const own = { ConsumerGroupId: uuid };
  if (kind === "msk") return { AmazonManagedKafkaEventSourceConfig: own };
  return kind === "selfManagedKafka" ? { SelfManagedKafkaEventSourceConfig: own } : {};
}
