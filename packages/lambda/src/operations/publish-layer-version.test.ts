import { rootPrincipal, type InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { account, arnOf, region, roleArn, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfEntries, zipOfFiles } from "../testing/zips.ts";

const layerArn = (name: string): string => `arn:aws:lambda:${region}:${account}:layer:${name}`;

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine });
});
afterAll(() => world.close());

type Publish = InputOf<"lambda", "PublishLayerVersion">;
const publish = async (LayerName: string, files: Readonly<Record<string, string>>, more: Partial<Publish> = {}) =>
  world.call("lambda", "PublishLayerVersion", { LayerName, Content: { ZipFile: await zipOfFiles(files) }, ...more });
const get = (LayerName: string, VersionNumber: number) => world.call("lambda", "GetLayerVersion", { LayerName, VersionNumber });
const remove = (LayerName: string, VersionNumber: number) => world.call("lambda", "DeleteLayerVersion", { LayerName, VersionNumber });
const create = async (name: string, source: string, Layers: string[], more: Partial<InputOf<"lambda", "CreateFunction">> = {}) =>
  world.createFunction(name, {
    Code: { ZipFile: await zipOfFiles({ "index.js": source, "main.py": source }) },
    Layers,
    Timeout: 30,
    ...more,
  });
const answerOf = async (FunctionName: string): Promise<unknown> =>
  JSON.parse(Buffer.from((await world.call("lambda", "Invoke", { FunctionName })).Payload ?? "").toString());
const settled = (FunctionName: string) =>
  until(async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName })).LastUpdateStatus === "Successful");

const nodeModule = (text: string) => ({ "nodejs/node_modules/greeting/index.js": `module.exports = ${JSON.stringify(text)};` });
const requiring = 'exports.handler = async () => require("greeting");';

describe("a layer", () => {
  it("is published in versions that stay as they are", async () => {
    const first = await publish(
      "tools",
      { "bin/one": "1" },
      {
        Description: "first",
        LicenseInfo: "MIT",
        CompatibleRuntimes: ["nodejs24.x"],
        CompatibleArchitectures: ["x86_64"],
      },
    );
    expect(first).toEqual({
      LayerArn: layerArn("tools"),
      LayerVersionArn: `${layerArn("tools")}:1`,
      Version: 1,
      Description: "first",
      LicenseInfo: "MIT",
      CompatibleRuntimes: ["nodejs24.x"],
      CompatibleArchitectures: ["x86_64"],
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      Content: {
        CodeSha256: expect.stringMatching(/=$/),
        CodeSize: expect.any(Number),
        Location: expect.stringContaining("/_mayfly/code/"),
      },
    });
    expect((await publish("tools", { "bin/one": "2" })).Version).toBe(2);
    const { Content: now, ...rest } = await get("tools", 1);
    const { Content: then, ...before } = first;
    expect({ ...rest, sha: now?.CodeSha256 }).toEqual({ ...before, sha: then?.CodeSha256 });
    expect(await world.call("lambda", "GetLayerVersionByArn", { Arn: `${layerArn("tools")}:2` })).toMatchObject({
      Version: 2,
      Description: "",
    });
    await remove("tools", 2);
    await remove("tools", 2);
    await expect(get("tools", 2)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
    expect((await publish("tools", { "bin/one": "3" })).Version).toBe(3);
    await expect(get("tools", 0)).rejects.toThrow("Layer Version Cannot be less than 1");
  });

  it("is listed by what it fits, the newest version first", async () => {
    await publish("a-py", { x: "1" }, { CompatibleRuntimes: ["python3.11"] });
    await publish("a-py", { x: "2" }, { CompatibleRuntimes: ["python3.11", "python3.12"] });
    await publish("b-node", { x: "1" }, { CompatibleRuntimes: ["nodejs24.x"] });
    const list = (more: object) => world.call("lambda", "ListLayers", more);
    const python = await list({ CompatibleRuntime: "python3.11" });
    expect(python.Layers?.map(({ LayerName, LatestMatchingVersion }) => [LayerName, LatestMatchingVersion?.Version])).toEqual([
      ["a-py", 2],
    ]);
    const { Layers: page = [], NextMarker } = await list({ MaxItems: 1 });
    expect(page.map(({ LayerName }) => LayerName)).toEqual(["a-py"]);
    expect((await list({ MaxItems: 1, Marker: NextMarker })).Layers?.[0]?.LayerName).toBe("b-node");
    const versions = async (more: object) =>
      ((await world.call("lambda", "ListLayerVersions", { LayerName: "a-py", ...more })).LayerVersions ?? []).map(({ Version }) => Version);
    expect(await versions({})).toEqual([2, 1]);
    expect(await versions({ CompatibleRuntime: "python3.12" })).toEqual([2]);
    const first = await world.call("lambda", "ListLayerVersions", { LayerName: "a-py", MaxItems: 1 });
    expect(await versions({ Marker: first.NextMarker })).toEqual([1]);
  });
});

describe("a function with layers", () => {
  it("finds each language's packages, programs and libraries where AWS has them", async () => {
    const node = await publish("node", nodeModule("from the layer"));
    const python = await publish("python", { "python/greeting.py": "text = 'from the layer'" });
    const program = await world.call("lambda", "PublishLayerVersion", {
      LayerName: "program",
      Content: { ZipFile: await zipOfEntries([{ name: "bin/greet", content: "#!/bin/sh\necho from the layer\n", mode: 0o100755 }]) },
    });
    const created = await create("uses-node", requiring, [node.LayerVersionArn ?? ""]);
    expect(created.Layers).toEqual([{ Arn: node.LayerVersionArn, CodeSize: node.Content?.CodeSize }]);
    expect(await answerOf("uses-node")).toBe("from the layer");
    await create(
      "uses-python",
      "import greeting\ndef handler(event, context):\n    return greeting.text\n",
      [python.LayerVersionArn ?? ""],
      {
        Runtime: "python3.11",
        Handler: "main.handler",
      },
    );
    expect(await answerOf("uses-python")).toBe("from the layer");
    const running = 'exports.handler = async () => require("node:child_process").execFileSync("greet").toString().trim();';
    await create("uses-program", running, [program.LayerVersionArn ?? ""]);
    expect(await answerOf("uses-program")).toBe("from the layer");
  });

  it("sees later layers over earlier ones, and its own code over all", async () => {
    const low = await publish("low", { ...nodeModule("low"), "only-low": "low", "nodejs/both": "low" });
    const high = await publish("high", { ...nodeModule("high"), "nodejs/both": "high" });
    const reading = `const { readFileSync } = require("node:fs");
exports.handler = async () => [require("greeting"), readFileSync("/opt/only-low", "utf8"), readFileSync("/opt/nodejs/both", "utf8")];`;
    await create("merged", reading, [low.LayerVersionArn ?? "", high.LayerVersionArn ?? ""]);
    expect(await answerOf("merged")).toEqual(["high", "low", "high"]);
    await world.call("lambda", "UpdateFunctionConfiguration", {
      FunctionName: "merged",
      Layers: [high.LayerVersionArn ?? "", low.LayerVersionArn ?? ""],
    });
    await settled("merged");
    expect(await answerOf("merged")).toEqual(["low", "low", "low"]);
  });

  it("keeps a layer that is deleted, also after a restart, until it gives it up", async () => {
    const first = await startTestLambda({ engine: realEngine });
    const content = { ZipFile: await zipOfFiles(nodeModule("kept")) };
    const { LayerVersionArn = "" } = await first.call("lambda", "PublishLayerVersion", { LayerName: "kept", Content: content });
    await first.createFunction("holds", {
      Code: { ZipFile: await zipOfFiles({ "index.js": requiring }) },
      Layers: [LayerVersionArn],
      Timeout: 30,
    });
    await first.call("lambda", "DeleteLayerVersion", { LayerName: "kept", VersionNumber: 1 });
    await first.stop();
    const second = await startTestLambda({ engine: realEngine, folder: first.folder });
    const holds = { FunctionName: "holds" };
    expect(Buffer.from((await second.call("lambda", "Invoke", holds)).Payload ?? "").toString()).toBe('"kept"');
    await second.call("lambda", "UpdateFunctionConfiguration", { ...holds, Layers: [LayerVersionArn], Description: "still" });
    await until(async () => (await second.call("lambda", "GetFunctionConfiguration", holds)).LastUpdateStatus === "Successful");
    await second.call("lambda", "UpdateFunctionConfiguration", { ...holds, Layers: [] });
    expect((await second.call("lambda", "GetFunctionConfiguration", holds)).Layers).toBeUndefined();
    await second.close();
  });

  it("runs its layers' external extensions", async () => {
    const extension = `#!/bin/sh
id=$(python3 - <<'PY'
import os, urllib.request
api = os.environ["AWS_LAMBDA_RUNTIME_API"]
request = urllib.request.Request(f"http://{api}/2020-01-01/extension/register", b'{"events":["INVOKE"]}', {"Lambda-Extension-Name": "noted"})
print(urllib.request.urlopen(request).headers["Lambda-Extension-Identifier"])
PY
)
while :; do
  python3 -c "import os, sys, urllib.request; print('extension saw', urllib.request.urlopen(urllib.request.Request('http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2020-01-01/extension/event/next', headers={'Lambda-Extension-Identifier': sys.argv[1]})).read().decode()[:30], flush=True)" "$id" || exit 0
done
`;
    const layer = await world.call("lambda", "PublishLayerVersion", {
      LayerName: "extension",
      Content: { ZipFile: await zipOfEntries([{ name: "extensions/noted", content: extension, mode: 0o100755 }]) },
    });
    await create("extended", "exports.handler = async () => 1;", [layer.LayerVersionArn ?? ""], { MemorySize: 512 });
    expect(await answerOf("extended")).toBe(1);
    await until(async () => {
      const { events = [] } = await world.call("logs", "FilterLogEvents", { logGroupName: "/aws/lambda/extended" });
      return ["Name: noted", "extension saw"].every((text) => events.some(({ message }) => message?.includes(text)));
    });
  });

  it("is refused with what is no layer, too many, twice the same, or too much", async () => {
    const { LayerVersionArn = "" } = await publish("fits", { x: "1" });
    await publish("fits", { x: "2" });
    const refused: readonly (readonly [layers: string[], text: string])[] = [
      [[`${layerArn("nobody")}:1`], `Layer version ${layerArn("nobody")}:1 does not exist.`],
      [Array.from({ length: 6 }, (_, at) => `${layerArn(`l${at}`)}:1`), "Cannot reference more than 5 layers."],
      [[LayerVersionArn, `${layerArn("fits")}:2`], "Two different versions of the same layer are not allowed"],
      [["arn:aws:lambda:eu-west-1:123456789012:layer:x:1"], `Layers are expected to be in region ${region}.`],
    ];
    for (const [layers, text] of refused) await expect(create("refused", "", layers)).rejects.toThrow(text);
    const small = await startTestLambda({ limits: { unzippedCodeBytes: 3000 } });
    const big = { ZipFile: await zipOfFiles({ big: "x".repeat(2500) }) };
    const layer = await small.call("lambda", "PublishLayerVersion", { LayerName: "big", Content: big });
    await expect(small.createFunction("heavy", { Code: big, Layers: [layer.LayerVersionArn ?? ""] })).rejects.toThrow(
      "Function code combined with layers exceeds the maximum allowed size of 3000 bytes. The actual size is 5000 bytes.",
    );
    await small.close();
  });
});

describe("a layer's policy", () => {
  it("lets other accounts have it, and only then", async () => {
    const stranger = world.callAs(rootPrincipal("999999999999"));
    await publish("shared", nodeModule("shared"));
    const arn = `${layerArn("shared")}:1`;
    const read = () => stranger("lambda", "GetLayerVersionByArn", { Arn: arn });
    await expect(stranger("lambda", "ListLayerVersions", { LayerName: layerArn("shared") })).rejects.toThrow(
      `not authorized to perform: lambda:ListLayerVersions on resource: ${layerArn("shared")} because no resource-based policy allows`,
    );
    await expect(read()).rejects.toThrow(
      `not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows`,
    );
    const version = { LayerName: "shared", VersionNumber: 1 };
    const permission = { ...version, StatementId: "all", Action: "lambda:GetLayerVersion", Principal: "*" };
    const added = await world.call("lambda", "AddLayerVersionPermission", permission);
    expect(JSON.parse(added.Statement ?? "")).toEqual({
      Sid: "all",
      Effect: "Allow",
      Principal: "*",
      Action: "lambda:GetLayerVersion",
      Resource: arn,
    });
    expect((await read()).LayerVersionArn).toBe(arn);
    await expect(world.call("lambda", "AddLayerVersionPermission", permission)).rejects.toThrow(
      "The statement id (all) provided already exists.",
    );
    await expect(world.call("lambda", "AddLayerVersionPermission", { ...permission, StatementId: "b", RevisionId: "old" })).rejects.toThrow(
      "Call the GetLayerPolicy API to retrieve the latest Revision Id",
    );
    const { Policy, RevisionId } = await world.call("lambda", "GetLayerVersionPolicy", version);
    expect(JSON.parse(Policy ?? "")).toMatchObject({ Version: "2012-10-17", Id: "default", Statement: [{ Sid: "all" }] });
    expect(RevisionId).toBe(added.RevisionId);
    await world.call("lambda", "RemoveLayerVersionPermission", { ...version, StatementId: "all", RevisionId });
    await expect(read()).rejects.toThrow("no resource-based policy");
    await expect(world.call("lambda", "GetLayerVersionPolicy", version)).rejects.toThrow(
      "No policy is associated with the given resource.",
    );
    await expect(world.call("lambda", "AddLayerVersionPermission", { ...permission, VersionNumber: 9 })).rejects.toThrow(
      "Layer version ARN does not exist.",
    );
  });

  it("is not needed within the account, but whoever gives a function a layer must be let have it", async () => {
    const { LayerVersionArn = "" } = await publish("own", nodeModule("own"));
    const { User } = await world.call("iam", "CreateUser", { UserName: "developer" });
    const { Arn: arn = "", UserId: userId = "" } = User ?? {};
    const allow = async (PolicyName: string, ...Action: string[]) => {
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } });
      await world.call("iam", "PutUserPolicy", { UserName: "developer", PolicyName, PolicyDocument });
    };
    await allow("functions", "lambda:CreateFunction", "iam:PassRole");
    const developer = world.callAs({ kind: "user", accountId: account, arn, userId, userName: "developer" });
    const Code = { ZipFile: await zipOfFiles({ "index.js": requiring }) };
    const asked = {
      FunctionName: "owns",
      Role: roleArn,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code,
      Layers: [LayerVersionArn],
    } as const;
    await expect(developer("lambda", "CreateFunction", { ...asked, Layers: [LayerVersionArn] })).rejects.toThrow(
      `not authorized to perform: lambda:GetLayerVersion on resource: ${LayerVersionArn} because no identity-based policy allows`,
    );
    await allow("layers", "lambda:GetLayerVersion");
    expect((await developer("lambda", "CreateFunction", { ...asked, Layers: [LayerVersionArn] })).FunctionArn).toBe(arnOf("owns"));
  });
});
