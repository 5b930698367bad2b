import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import type { MappingRecord } from "../event-source-mappings/mapping.ts";
import { shapeListedMapping } from "../event-source-mappings/shape-mapping.ts";
import { parseFunctionName } from "../function-name.ts";
import { onEverything } from "../iam-rules.ts";
import { pageRead } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListEventSourceMappings">;
type Output = OutputOf<"lambda", "ListEventSourceMappings">;

/** By UUID; of a function as it was named when it was mapped. https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export const listEventSourceMappings: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListEventSourceMappings"),
  async run(resources, { accountId, region }, input) {
    const { mappings, limits } = resources;
    const { EventSourceArn: eventSourceArn, FunctionName } = input;
    const reference = FunctionName === undefined ? undefined : parseFunctionName({ accountId, region }, FunctionName);
    const list = `ListEventSourceMappings ${JSON.stringify([eventSourceArn, reference])}`;
    const isForeign = reference !== undefined && reference.accountId !== accountId;
    const { items, NextMarker } = await pageRead(
      list,
      input,
      ({ uuid }: MappingRecord) => uuid,
      limits.mappingPageCount,
      async (after, count) => (isForeign ? [] : mappings.page({ accountId, region, eventSourceArn, reference }, after, count)),
    );
    return { EventSourceMappings: await Promise.all(items.map((record) => shapeListedMapping(resources, record))), ...NextMarker };
  },
};
