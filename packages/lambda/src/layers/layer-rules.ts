import { noConditionKeys, type RequestContext } from "@mayfly/kernel";
import type { LambdaIamRule } from "../iam-rules.ts";
import { layerVersionArn, parseLayerVersion, type LayerVersionKey } from "./layer-name.ts";

/** The rule of an operation on a layer version, which may have a policy of its own. @param keyOf what the request names */
export const onLayerVersion = <Input>(
  action: `lambda:${string}`,
  keyOf: (ctx: RequestContext, input: Input) => LayerVersionKey,
): LambdaIamRule<Input> => ({
  action,
  resource: (ctx, input) => layerVersionArn(keyOf(ctx, input)),
  conditionKeys: noConditionKeys,
  resourcePolicy: async (ctx, input, { layers }) => (await layers.find(keyOf(ctx, input)))?.policy?.document,
});

/** The same where the request has the layer's name and the version's number. */
export const onNamedLayerVersion = <Input extends { LayerName: string | undefined; VersionNumber: number | undefined }>(
  action: `lambda:${string}`,
): LambdaIamRule<Input> =>
  onLayerVersion<Input>(action, (ctx, { LayerName = "", VersionNumber = 0 }) => parseLayerVersion(ctx, { LayerName, VersionNumber }));
