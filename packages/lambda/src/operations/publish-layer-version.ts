import { noConditionKeys, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { checkCodeStorage } from "../check-code-storage.ts";
import { codeSource, readCode } from "../code/code-request.ts";
import { layerArn, parseLayerName } from "../layers/layer-name.ts";
import { shapeLayer } from "../layers/shape-layer.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "PublishLayerVersion">;
type Output = OutputOf<"lambda", "PublishLayerVersion">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export const publishLayerVersion: OperationRow<OperationResources, Input, Output> = {
  iam: {
    action: "lambda:PublishLayerVersion",
    resource: (ctx, input) => layerArn(parseLayerName(ctx, input.LayerName)),
    conditionKeys: noConditionKeys,
  },
  async run(resources, ctx, input) {
    const key = parseLayerName(ctx, input.LayerName);
    const { limits } = resources;
    const added = await resources.code.add(await readCode(ctx, codeSource(input.Content, limits), limits));
    let used = false;
    try {
      const version = {
        code: added.code,
        description: input.Description ?? "",
        licenseInfo: input.LicenseInfo,
        compatibleRuntimes: input.CompatibleRuntimes,
        compatibleArchitectures: input.CompatibleArchitectures,
        createdAtMs: resources.clock.now(),
      };
      const record = await resources.layers.publish(key, version, () => checkCodeStorage(resources, key, added.code));
      used = true;
      return shapeLayer(resources, ctx, record);
    } finally {
      added.release(used);
    }
  },
};
