import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mappingNotFound } from "../event-source-mappings/mapping-faults.ts";
import { onMapping } from "../event-source-mappings/mapping-rules.ts";
import { shapeMapping } from "../event-source-mappings/shape-mapping.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetEventSourceMapping">;
type Output = OutputOf<"lambda", "GetEventSourceMapping">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping: OperationRow<OperationResources, Input, Output> = {
  iam: onMapping("lambda:GetEventSourceMapping"),
  async run(resources, ctx, { UUID }) {
    const record = await resources.mappings.find({ accountId: ctx.accountId, region: ctx.region, uuid: UUID });
    if (record === undefined) throw mappingNotFound();
    return shapeMapping(resources, ctx, record);
  },
};
