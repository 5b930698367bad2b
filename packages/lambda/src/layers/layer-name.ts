import { formatArn, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, layerNotFound } from "../faults.ts";

/** A layer. */
export interface LayerKey {
  readonly accountId: string;
  readonly region: string;
  readonly layerName: string;
}

/** One version of a layer. */
export interface LayerVersionKey extends LayerKey {
  readonly versionNumber: number;
}

const layerArnPattern = /^arn:[a-zA-Z0-9-]+:lambda:([a-zA-Z0-9-]+):(\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\d+))?$/;

/**
 * The layer that a name or an ARN means.
 * @throws Fault ResourceNotFoundException for another region's ARN
 */
export function parseLayerName({ accountId, region }: Pick<RequestContext, "accountId" | "region">, name: string): LayerKey {
  const [, arnRegion, owner, layerName] = layerArnPattern.exec(name) ?? [];
  if (owner === undefined || layerName === undefined) return { accountId, region, layerName: name };
  if (arnRegion !== region) throw layerNotFound();
  return { accountId: owner, region, layerName };
}

/** @throws Fault InvalidParameterValueException for a version that none can be; as {@link parseLayerName} */
export function parseLayerVersion(
  ctx: Pick<RequestContext, "accountId" | "region">,
  input: { readonly LayerName: string; readonly VersionNumber: number },
): LayerVersionKey {
  if (input.VersionNumber < 1) throw invalidParameter("Layer Version Cannot be less than 1");
  return { ...parseLayerName(ctx, input.LayerName), versionNumber: input.VersionNumber };
}

/** The version that an ARN names; undefined if it is no layer version's. */
export function parseLayerVersionArn(arn: string): LayerVersionKey | undefined {
  const [, region, accountId, layerName, version] = layerArnPattern.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || layerName === undefined || version === undefined) return undefined;
  return { accountId, region, layerName, versionNumber: Number(version) };
}

/** `arn:aws:lambda:region:account:layer:name` */
export const layerArn = ({ accountId, region, layerName }: LayerKey): string =>
  formatArn({ service: "lambda", region, accountId, resource: `layer:${layerName}` });

/** The same with the version. */
export const layerVersionArn = (key: LayerVersionKey): string => `${layerArn(key)}:${key.versionNumber}`;
