import { zipOf } from "@mayfly/testkit";
import { expect } from "vitest";
import { acts, type Probe } from "../probe.ts";

const LayerName = "tools";
const version = { LayerName, VersionNumber: 1 };

/** Layers and who may use them. */
export const layerOperations: readonly Probe[] = [
  acts("PublishLayerVersion", "a function with the layer finds its files in /opt", async (w) => {
    const ZipFile = await zipOf({ "nodejs/node_modules/tool/index.js": "module.exports = 'from the layer';" });
    const { LayerVersionArn } = await w.lambda.publishLayerVersion({ LayerName, Content: { ZipFile }, CompatibleRuntimes: ["nodejs24.x"] });
    const code = "const { createRequire } = await import('node:module'); return createRequire('/var/task/index.mjs')('tool');";
    await w.create("layered", code, { Layers: [LayerVersionArn ?? ""] });
    expect(await w.invoke("layered")).toBe("from the layer");
  }),
  acts("GetLayerVersion", "its link leads to the package", async ({ lambda }) => {
    const { Content } = await lambda.getLayerVersion(version);
    expect((await (await fetch(Content?.Location ?? "")).arrayBuffer()).byteLength).toBe(Content?.CodeSize);
  }),
  acts("GetLayerVersionByArn", "the same by ARN", async ({ lambda }) => {
    const { LayerVersionArn } = await lambda.getLayerVersion(version);
    expect((await lambda.getLayerVersionByArn({ Arn: LayerVersionArn })).Version).toBe(1);
  }),
  acts("ListLayers", "by compatible runtime", async ({ lambda }) => {
    expect((await lambda.listLayers({ CompatibleRuntime: "nodejs24.x" })).Layers?.map((layer) => layer.LayerName)).toEqual([LayerName]);
    expect((await lambda.listLayers({ CompatibleRuntime: "python3.12" })).Layers).toEqual([]);
  }),
  acts("ListLayerVersions", "the newest first", async ({ lambda }) => {
    expect((await lambda.listLayerVersions({ LayerName })).LayerVersions?.map(({ Version }) => Version)).toEqual([1]);
  }),
  acts("AddLayerVersionPermission", "the statement is in the policy", async ({ lambda }) => {
    await lambda.addLayerVersionPermission({
      ...version,
      StatementId: "friends",
      Action: "lambda:GetLayerVersion",
      Principal: "210987654321",
    });
  }),
  acts("GetLayerVersionPolicy", "the statements that were added", async ({ lambda }) => {
    expect((await lambda.getLayerVersionPolicy(version)).Policy).toContain("210987654321");
  }),
  acts("RemoveLayerVersionPermission", "the policy is gone", async (w) => {
    await w.lambda.removeLayerVersionPermission({ ...version, StatementId: "friends" });
    expect(await w.refusal(w.lambda.getLayerVersionPolicy(version))).toMatch(/^ResourceNotFoundException: /);
  }),
  acts("DeleteLayerVersion", "functions that have it keep it", async (w) => {
    await w.lambda.deleteLayerVersion(version);
    expect(await w.refusal(w.lambda.getLayerVersion(version))).toMatch(/^ResourceNotFoundException: /);
    expect(await w.invoke("layered")).toBe("from the layer");
  }),
];
