import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { shapeListedMapping } from "../event-source-mappings/shape-mapping.ts";
import { parseFunctionName } from "../function-name.ts";
import { onEverything } from "../iam-rules.ts";
import { markerOf, readMarker } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListEventSourceMappings">;
type Output = OutputOf<"lambda", "ListEventSourceMappings">;

/** By UUID; of a function as it was named when it was mapped. https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export const listEventSourceMappings: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListEventSourceMappings"),
  async run(resources, { accountId, region }, input) {
    const { mappings, limits } = resources;
    const { EventSourceArn: eventSourceArn, FunctionName, Marker, MaxItems = limits.mappingPageCount } = input;
    const reference = FunctionName === undefined ? undefined : parseFunctionName({ accountId, region }, FunctionName);
    const list = `ListEventSourceMappings ${JSON.stringify([eventSourceArn, reference])}`;
    const limit = Math.min(MaxItems, limits.mappingPageCount);
    const after = readMarker(list, Marker);
    const found =
      reference !== undefined && reference.accountId !== accountId
        ? []
        : await mappings.page({ accountId, region, eventSourceArn, reference }, after?.toString(), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      EventSourceMappings: await Promise.all(page.map((record) => shapeListedMapping(resources, record))),
      ...(found.length > limit && last !== undefined && { NextMarker: markerOf(list, last.uuid) }),
    };
  },
};
