import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onEverything } from "../iam-rules.ts";
import { layerArn } from "../layers/layer-name.ts";
import { matchesFilter } from "../layers/match-layers.ts";
import { shapeListedLayer } from "../layers/shape-layer.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListLayers">;
type Output = OutputOf<"lambda", "ListLayers">;

/** By name, each with its newest version that fits. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html */
export const listLayers: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListLayers"),
  async run({ layers, limits }, { accountId, region }, input) {
    const found = (await layers.all({ accountId, region })).filter(matchesFilter(input));
    const newest = found.filter(({ layerName }, at) => found[at - 1]?.layerName !== layerName);
    const { items, NextMarker } = pageOf("ListLayers", newest, ({ layerName }) => layerName, input, limits.listPageCount);
    return {
      Layers: items.map((record) => ({
        LayerName: record.layerName,
        LayerArn: layerArn(record),
        LatestMatchingVersion: shapeListedLayer(record),
      })),
      ...NextMarker,
    };
  },
};
