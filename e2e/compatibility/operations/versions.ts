import { expect } from "vitest";
import { acts, type Probe } from "../probe.ts";
import { arnOf } from "../world.ts";

const FunctionName = "released";

/** Versions, aliases, and who may invoke them. */
export const versionOperations: readonly Probe[] = [
  acts("PublishVersion", "the same code again is the same version", async (w) => {
    await w.create(FunctionName, "return context.functionVersion;");
    expect((await w.lambda.publishVersion({ FunctionName })).Version).toBe("1");
    expect((await w.lambda.publishVersion({ FunctionName })).Version).toBe("1");
    expect(await w.invoke(FunctionName, {}, "1")).toBe("1");
  }),
  acts("ListVersionsByFunction", "$LATEST, then by number", async ({ lambda }) => {
    const { Versions = [] } = await lambda.listVersionsByFunction({ FunctionName });
    expect(Versions.map(({ Version }) => Version)).toEqual(["$LATEST", "1"]);
  }),
  acts("CreateAlias", "invocations of the alias run its version", async (w) => {
    await w.lambda.createAlias({ FunctionName, Name: "live", FunctionVersion: "1" });
    expect(await w.invoke(FunctionName, {}, "live")).toBe("1");
  }),
  acts("UpdateAlias", "weights split the traffic", async (w) => {
    await w.lambda.updateFunctionConfiguration({ FunctionName, Description: "second" });
    await w.settled(FunctionName);
    expect((await w.lambda.publishVersion({ FunctionName })).Version).toBe("2");
    await w.lambda.updateAlias({ FunctionName, Name: "live", RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
    const ran = new Set<unknown>();
    for (let i = 0; i < 100 && ran.size < 2; i++) ran.add(await w.invoke(FunctionName, {}, "live"));
    expect([...ran].sort()).toEqual(["1", "2"]);
  }),
  acts("GetAlias", "its version and weights", async ({ lambda }) => {
    const alias = await lambda.getAlias({ FunctionName, Name: "live" });
    expect(alias).toMatchObject({ FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
  }),
  acts("ListAliases", "all, or those of a version", async ({ lambda }) => {
    const names = async (FunctionVersion?: string) =>
      (await lambda.listAliases({ FunctionName, FunctionVersion })).Aliases?.map(({ Name }) => Name);
    expect([await names(), await names("2"), await names("$LATEST")]).toEqual([["live"], ["live"], []]);
  }),
  acts("DeleteAlias", "it is not invoked any more", async (w) => {
    await w.lambda.deleteAlias({ FunctionName, Name: "live" });
    expect(await w.refusal(w.invoke(FunctionName, {}, "live"))).toMatch(/^ResourceNotFoundException: /);
  }),
  acts("AddPermission", "the statement that is added", async ({ lambda }) => {
    const { Statement } = await lambda.addPermission({
      FunctionName,
      StatementId: "bucket",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceAccount: "123456789012",
    });
    expect(JSON.parse(Statement ?? "")).toMatchObject({
      Sid: "bucket",
      Principal: { Service: "s3.amazonaws.com" },
      Resource: arnOf(FunctionName),
    });
  }),
  acts("GetPolicy", "the statements that were added", async ({ lambda }) => {
    expect((await lambda.getPolicy({ FunctionName })).Policy).toContain(`"Sid":"bucket"`);
  }),
  acts("RemovePermission", "the last statement takes the policy with it", async (w) => {
    await w.lambda.removePermission({ FunctionName, StatementId: "bucket" });
    expect(await w.refusal(w.lambda.getPolicy({ FunctionName }))).toBe(
      "ResourceNotFoundException: The resource you requested does not exist.",
    );
  }),
];
