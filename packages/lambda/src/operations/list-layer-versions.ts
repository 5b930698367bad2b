import { noConditionKeys, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { onEverything } from "../iam-rules.ts";
import { layerArn, parseLayerName } from "../layers/layer-name.ts";
import { matchesFilter } from "../layers/match-layers.ts";
import { shapeListedLayer } from "../layers/shape-layer.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListLayerVersions">;
type Output = OutputOf<"lambda", "ListLayerVersions">;

const action = "lambda:ListLayerVersions";

/** The newest first. Another account's are listed for nobody, as no policy of a layer can allow it. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html */
export const listLayerVersions: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything(action),
  async run({ layers, limits }, ctx, input) {
    const key = parseLayerName(ctx, input.LayerName);
    if (key.accountId !== ctx.accountId) await ctx.authorize({ action, resource: layerArn(key), conditionKeys: noConditionKeys() });
    const found = (await layers.versions(key)).filter(matchesFilter(input));
    const { items, NextMarker } = pageOf("ListLayerVersions", found, ({ versionNumber }) => -versionNumber, input, limits.listPageCount);
    return { LayerVersions: items.map(shapeListedLayer), ...NextMarker };
  },
};
