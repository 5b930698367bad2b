import type { InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { layerNotFound } from "../faults.ts";
import { parseLayerVersion, parseLayerVersionArn, type LayerVersionKey } from "../layers/layer-name.ts";
import { onLayerVersion } from "../layers/layer-rules.ts";
import { shapeLayer } from "../layers/shape-layer.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetLayerVersionByArn">;
type Output = OutputOf<"lambda", "GetLayerVersionByArn">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html */
export const getLayerVersionByArn: OperationRow<OperationResources, Input, Output> = {
  iam: onLayerVersion<Input>("lambda:GetLayerVersion", keyOf),
  async run(resources, ctx, input) {
    const record = await resources.layers.find(keyOf(ctx, input));
    if (record === undefined) throw layerNotFound();
    return shapeLayer(resources, ctx, record);
  },
};

function keyOf(ctx: RequestContext, { Arn = "" }: Input): LayerVersionKey {
  const key = parseLayerVersionArn(Arn);
  if (key === undefined) throw layerNotFound();
  return parseLayerVersion(ctx, { LayerName: Arn.slice(0, Arn.lastIndexOf(":")), VersionNumber: key.versionNumber });
}
