import type { RequestContext } from "@mayfly/kernel";
import type { GetLayerVersionResponse, LayerVersionsListItem } from "@mayfly/wire/lambda";
import { signCodeUrl } from "../code/code-url.ts";
import type { OperationResources } from "../resources.ts";
import { base64Sha, lambdaTime } from "../shape-configuration.ts";
import { layerArn, layerVersionArn } from "./layer-name.ts";
import type { LayerVersionRecord } from "./layer-store.ts";

/** What lists answer of a layer version. */
export function shapeListedLayer(record: LayerVersionRecord): LayerVersionsListItem {
  const { compatibleRuntimes, compatibleArchitectures, licenseInfo } = record;
  return {
    LayerVersionArn: layerVersionArn(record),
    Version: record.versionNumber,
    Description: record.description,
    CreatedDate: lambdaTime(record.createdAtMs),
    ...(compatibleRuntimes !== undefined && { CompatibleRuntimes: [...compatibleRuntimes] as LayerVersionsListItem["CompatibleRuntimes"] }),
    ...(compatibleArchitectures !== undefined && {
      CompatibleArchitectures: [...compatibleArchitectures] as LayerVersionsListItem["CompatibleArchitectures"],
    }),
    ...(licenseInfo !== undefined && { LicenseInfo: licenseInfo }),
  };
}

/** What operations on one layer version answer: as in lists, and where its package is to be had. */
export function shapeLayer(resources: OperationResources, ctx: RequestContext, record: LayerVersionRecord): GetLayerVersionResponse {
  const { signingSecret, clock, limits } = resources;
  const { accountId, code } = record;
  const expiresAtMs = clock.now() + limits.codeUrlLifetimeMs;
  return {
    ...shapeListedLayer(record),
    LayerArn: layerArn(record),
    Content: {
      Location: signCodeUrl(signingSecret, ctx.endpoint, { accountId, sha256: code.sha256 }, expiresAtMs),
      CodeSha256: base64Sha(code.sha256),
      CodeSize: code.size,
    },
  };
}
