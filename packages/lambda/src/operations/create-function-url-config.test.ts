import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
  for (const name of ["f", "g", "h"]) await world.createFunction(name);
  await world.call("lambda", "PublishVersion", { FunctionName: "f" });
  for (const Name of ["live", "next"]) await world.call("lambda", "CreateAlias", { FunctionName: "f", Name, FunctionVersion: "1" });
});
afterAll(() => world.close());

const create = (FunctionName: string, more: Partial<InputOf<"lambda", "CreateFunctionUrlConfig">> = {}) =>
  world.call("lambda", "CreateFunctionUrlConfig", { FunctionName, AuthType: "NONE", ...more });
const get = (FunctionName: string, Qualifier?: string) => world.call("lambda", "GetFunctionUrlConfig", { FunctionName, Qualifier });
const list = (FunctionName: string, more = {}) => world.call("lambda", "ListFunctionUrlConfigs", { FunctionName, ...more });
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe("a function URL", () => {
  it("is made, told, changed and deleted", async () => {
    const cors = { AllowOrigins: ["https://a.example"], MaxAge: 60 };
    const created = await create("f", { Cors: cors });
    expect(created).toEqual({
      FunctionUrl: expect.stringMatching(/^http:\/\/[0-9a-v]{32}\.lambda-url\.us-east-1\.localhost:4566\/$/),
      FunctionArn: arnOf("f"),
      AuthType: "NONE",
      Cors: cors,
      CreationTime: expect.stringMatching(time),
    });
    expect(await get("f")).toEqual({ ...created, InvokeMode: "BUFFERED", LastModifiedTime: created.CreationTime });
    const updated = await world.call("lambda", "UpdateFunctionUrlConfig", { FunctionName: "f", AuthType: "AWS_IAM" });
    expect(updated).toEqual({ ...created, AuthType: "AWS_IAM", LastModifiedTime: expect.stringMatching(time) });
    const change = { FunctionName: "f", Cors: {}, InvokeMode: "RESPONSE_STREAM" } as const;
    const { Cors, ...streaming } = await world.call("lambda", "UpdateFunctionUrlConfig", change);
    expect(Cors).toBeUndefined();
    expect(streaming).toMatchObject({ InvokeMode: "RESPONSE_STREAM", FunctionUrl: created.FunctionUrl });
    await world.call("lambda", "DeleteFunctionUrlConfig", { FunctionName: "f" });
    await expect(get("f")).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    expect((await create("f")).FunctionUrl).not.toBe(created.FunctionUrl);
  });

  it("may be an alias's, and goes with it", async () => {
    const { FunctionUrl, FunctionArn } = await create("f", { Qualifier: "live", InvokeMode: "RESPONSE_STREAM" });
    expect(FunctionArn).toBe(`${arnOf("f")}:live`);
    expect((await get("f:live")).FunctionUrl).toBe(FunctionUrl);
    await create("f:next");
    const first = await list("f", { MaxItems: 2 });
    const rest = await list("f", { Marker: first.NextMarker });
    expect([...(first.FunctionUrlConfigs ?? []), ...(rest.FunctionUrlConfigs ?? [])].map((url) => url.FunctionArn)).toEqual([
      arnOf("f"),
      `${arnOf("f")}:live`,
      `${arnOf("f")}:next`,
    ]);
    await world.call("lambda", "DeleteAlias", { FunctionName: "f", Name: "live" });
    await world.call("lambda", "CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
    await expect(get("f", "live")).rejects.toMatchObject({ message: "The resource you requested does not exist." });
  });

  it("goes with its function, and never comes back", async () => {
    const { FunctionUrl } = await create("g");
    await world.call("lambda", "DeleteFunction", { FunctionName: "g" });
    await world.createFunction("g");
    await expect(get("g")).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    expect((await create("g")).FunctionUrl).not.toBe(FunctionUrl);
  });

  it("is refused in AWS's words", async () => {
    await create("h");
    await expect(create("h")).rejects.toMatchObject({
      code: "ResourceConflictException",
      message: `Failed to create function url config for [functionArn = ${arnOf("h")}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    });
    for (const attempt of [() => create("missing"), () => create("h", { Qualifier: "missing" }), () => list("missing")])
      await expect(attempt()).rejects.toMatchObject({ code: "ResourceNotFoundException", message: "Function does not exist" });
    const update = world.call("lambda", "UpdateFunctionUrlConfig", { FunctionName: "missing" });
    await expect(update).rejects.toMatchObject({ message: "Function does not exist" });
    const remove = world.call("lambda", "DeleteFunctionUrlConfig", { FunctionName: "missing" });
    await expect(remove).rejects.toMatchObject({ message: "The resource you requested does not exist." });
    await expect(create("f:1")).rejects.toMatchObject({
      code: "ValidationException",
      message:
        "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: " +
        "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
    });
  });

  it("is made by those whose policy says so, as to its kind", async () => {
    const Condition = { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } };
    const Statement = { Effect: "Allow", Action: "lambda:CreateFunctionUrlConfig", Resource: "*", Condition };
    const { User } = await world.call("iam", "CreateUser", { UserName: "careful" });
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await world.call("iam", "PutUserPolicy", { UserName: "careful", PolicyName: "urls", PolicyDocument });
    const call = world.callAs({ kind: "user", accountId: account, arn: User!.Arn!, userId: User!.UserId!, userName: "careful" });
    await world.createFunction("careful");
    const attempt = { FunctionName: "careful", AuthType: "NONE" } as const;
    await expect(call("lambda", "CreateFunctionUrlConfig", attempt)).rejects.toThrow(
      /not authorized to perform: lambda:CreateFunctionUrlConfig/,
    );
    await call("lambda", "CreateFunctionUrlConfig", { ...attempt, AuthType: "AWS_IAM" });
  });
});

describe("AddPermission", () => {
  it("takes what is said of function URLs with the action that it is about", async () => {
    const add = (Action: string, more: object) =>
      world.call("lambda", "AddPermission", { FunctionName: "f", StatementId: "s", Principal: "*", Action, ...more });
    await expect(add("lambda:InvokeFunction", { FunctionUrlAuthType: "NONE" })).rejects.toMatchObject({
      code: "InvalidParameterValueException",
      message: "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action",
    });
    await expect(add("lambda:InvokeFunctionUrl", { InvokedViaFunctionUrl: true })).rejects.toMatchObject({
      code: "InvalidParameterValueException",
      message: "InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action",
    });
  });
});
