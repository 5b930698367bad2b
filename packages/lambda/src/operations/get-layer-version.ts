import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { layerNotFound } from "../faults.ts";
import { parseLayerVersion } from "../layers/layer-name.ts";
import { onNamedLayerVersion } from "../layers/layer-rules.ts";
import { shapeLayer } from "../layers/shape-layer.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetLayerVersion">;
type Output = OutputOf<"lambda", "GetLayerVersion">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
export const getLayerVersion: OperationRow<OperationResources, Input, Output> = {
  iam: onNamedLayerVersion("lambda:GetLayerVersion"),
  async run(resources, ctx, input) {
    const record = await resources.layers.find(parseLayerVersion(ctx, input));
    if (record === undefined) throw layerNotFound();
    return shapeLayer(resources, ctx, record);
  },
};
