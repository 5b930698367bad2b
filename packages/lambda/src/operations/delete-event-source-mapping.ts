import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mappingNotFound } from "../event-source-mappings/mapping-faults.ts";
import { onMapping } from "../event-source-mappings/mapping-rules.ts";
import { checkSettled } from "../event-source-mappings/mapping-states.ts";
import { shapeMapping } from "../event-source-mappings/shape-mapping.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteEventSourceMapping">;
type Output = OutputOf<"lambda", "DeleteEventSourceMapping">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export const deleteEventSourceMapping: OperationRow<OperationResources, Input, Output> = {
  iam: onMapping("lambda:DeleteEventSourceMapping"),
  async run(resources, ctx, { UUID }) {
    const { mappings, mappingSettling, clock } = resources;
    const record = await mappings.change({ accountId: ctx.accountId, region: ctx.region, uuid: UUID }, (current) => {
      if (current === undefined) throw mappingNotFound();
      checkSettled(current, "delete");
      return { ...current, state: "Deleting" as const, lastModifiedMs: clock.now() };
    });
    mappingSettling.soon(record);
    return shapeMapping(resources, ctx, record);
  },
};
