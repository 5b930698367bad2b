import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { notFound } from "../faults.ts";
import { parseLayerVersion } from "../layers/layer-name.ts";
import { onNamedLayerVersion } from "../layers/layer-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetLayerVersionPolicy">;
type Output = OutputOf<"lambda", "GetLayerVersionPolicy">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html */
export const getLayerVersionPolicy: OperationRow<OperationResources, Input, Output> = {
  iam: onNamedLayerVersion("lambda:GetLayerVersionPolicy"),
  async run({ layers }, ctx, input) {
    const record = await layers.find(parseLayerVersion(ctx, input));
    if (record === undefined) throw notFound("Layer version ARN does not exist.");
    if (record.policy === undefined) throw notFound("No policy is associated with the given resource.");
    return { Policy: JSON.stringify(record.policy.document), RevisionId: record.policy.revisionId };
  },
};
