import type { RequestContext } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import type { OperationResources } from "../resources.ts";
import type { CodeRecord, LayerUse } from "../store/records.ts";
import { layerVersionArn, parseLayerVersionArn } from "./layer-name.ts";

/**
 * The layers that a request names, which its caller must be let use.
 * @param held those that the function has: they stay, even deleted ones
 * @throws Fault InvalidParameterValueException; AccessDenied
 */
export async function resolveLayers(
  { layers }: OperationResources,
  ctx: RequestContext,
  arns: readonly string[],
  held: readonly LayerUse[],
): Promise<readonly LayerUse[]> {
  const uses: LayerUse[] = [];
  for (const arn of arns) {
    const known = held.find((use) => use.arn === arn);
    if (known !== undefined) {
      uses.push(known);
      continue;
    }
    const key = parseLayerVersionArn(arn);
    const record = key && (await layers.find(key));
    if (key !== undefined) {
      const resourcePolicy = record?.policy?.document;
      await ctx.authorize({ action: "lambda:GetLayerVersion", resource: layerVersionArn(key), conditionKeys: {}, resourcePolicy });
    }
    if (record === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    uses.push({ arn: layerVersionArn(record), code: record.code });
  }
  return uses;
}

/** Passes if code and layers together are not too large. @throws Fault InvalidParameterValueException */
export async function checkUnpackedSize({ code, limits }: OperationResources, own: CodeRecord, layers: readonly LayerUse[]): Promise<void> {
  if (layers.length === 0) return;
  const sizes = await Promise.all([own, ...layers.map((layer) => layer.code)].map(({ sha256 }) => code.unpackedBytes(sha256)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= limits.unzippedCodeBytes) return;
  throw invalidParameter(
    `Function code combined with layers exceeds the maximum allowed size of ${limits.unzippedCodeBytes} bytes. The actual size is ${bytes} bytes.`,
  );
}
