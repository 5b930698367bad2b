import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { parseLayerVersion } from "../layers/layer-name.ts";
import { onNamedLayerVersion } from "../layers/layer-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteLayerVersion">;
type Output = OutputOf<"lambda", "DeleteLayerVersion">;

/** Functions that have it keep it; one that is not there is as good as deleted. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html */
export const deleteLayerVersion: OperationRow<OperationResources, Input, Output> = {
  iam: onNamedLayerVersion("lambda:DeleteLayerVersion"),
  async run({ layers, code }, ctx, input) {
    const removed = await layers.remove(parseLayerVersion(ctx, input));
    if (removed !== undefined) code.collect(removed.code.sha256);
    return {};
  },
};
