import { rootPrincipal, servicePrincipal, type InputOf, type Principal } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

const stranger = "999999999999";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine });
  await world.createFunction("shared", { Publish: true });
  await world.call("lambda", "CreateAlias", { FunctionName: "shared", Name: "live", FunctionVersion: "1" });
});
afterAll(() => world.close());

type Input = InputOf<"lambda", "AddPermission">;
const permission = { FunctionName: "shared", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com" };
const add = (more: Partial<Input> = {}) => world.call("lambda", "AddPermission", { ...permission, ...more });
const remove = (StatementId: string, more: object = {}) =>
  world.call("lambda", "RemovePermission", { FunctionName: "shared", StatementId, ...more });
const policy = (FunctionName = "shared") => world.call("lambda", "GetPolicy", { FunctionName });
const revision = async (FunctionName = "shared") => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName })).RevisionId;
const invokeAs = async (principal: Principal, FunctionName: string): Promise<number | undefined> =>
  (await world.callAs(principal)("lambda", "Invoke", { FunctionName })).StatusCode;
const root = rootPrincipal(stranger);

/** Runs something while a permission is there. */
async function permitted(more: Partial<Input>, run: () => Promise<void>): Promise<void> {
  await add(more);
  try {
    await run();
  } finally {
    await remove("s", { FunctionName: more.FunctionName ?? "shared" });
  }
}

describe("a function's policy", () => {
  it("is written as AWS writes it, statement by statement", async () => {
    const { Statement } = await add({ StatementId: "bucket", SourceArn: "arn:aws:s3:::photos", SourceAccount: account });
    const statement = {
      Sid: "bucket",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arnOf("shared"),
      Condition: { StringEquals: { "AWS:SourceAccount": account }, ArnLike: { "AWS:SourceArn": "arn:aws:s3:::photos" } },
    };
    expect(JSON.parse(Statement ?? "")).toEqual(statement);
    await add({ StatementId: "all", Principal: "*", PrincipalOrgID: "o-1234567890" });
    const { Policy, RevisionId } = await policy();
    expect(JSON.parse(Policy ?? "")).toEqual({
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        statement,
        expect.objectContaining({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } }),
      ],
    });
    expect(RevisionId).toBe(await revision());
    await remove("bucket");
    await remove("all");
    await expect(policy()).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
  });

  it("gives what it belongs to another revision, and takes changes of the latest only", async () => {
    const before = await revision();
    await add({ RevisionId: before });
    expect(await revision()).not.toBe(before);
    const text =
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id";
    await expect(add({ StatementId: "t", RevisionId: before })).rejects.toMatchObject({
      code: "PreconditionFailedException",
      message: text,
    });
    await expect(remove("s", { RevisionId: before })).rejects.toThrow(text);
    await remove("s", { RevisionId: await revision() });
  });

  it("lets another account in, which nobody else can", async () => {
    await expect(invokeAs(root, arnOf("shared"))).rejects.toThrow(
      `User: arn:aws:iam::${stranger}:root is not authorized to perform: lambda:InvokeFunction on resource: ${arnOf("shared")} because no resource-based policy allows the lambda:InvokeFunction action`,
    );
    await permitted({ Principal: stranger }, async () => {
      expect(await invokeAs(root, arnOf("shared"))).toBe(200);
      await expect(world.callAs(root)("lambda", "GetFunction", { FunctionName: arnOf("shared") })).rejects.toThrow("not authorized");
      await expect(invokeAs(rootPrincipal("888888888888"), arnOf("shared"))).rejects.toThrow("not authorized");
    });
    await expect(invokeAs(root, arnOf("shared"))).rejects.toThrow("not authorized");
  });

  it("holds for the ARN that it was made for: function, version and alias each have their own", async () => {
    await permitted({ FunctionName: "shared:live", Principal: stranger }, async () => {
      expect(await invokeAs(root, arnOf("shared:live"))).toBe(200);
      for (const name of ["shared", "shared:1", "shared:$LATEST"])
        await expect(invokeAs(root, arnOf(name))).rejects.toThrow("no resource-based policy");
      await expect(policy()).rejects.toThrow("The resource you requested does not exist.");
      expect((await policy("shared:live")).RevisionId).toBe(
        (await world.call("lambda", "GetAlias", { FunctionName: "shared", Name: "live" })).RevisionId,
      );
    });
    await permitted({ FunctionName: "shared:1", Principal: stranger }, async () => {
      expect(await invokeAs(root, arnOf("shared:1"))).toBe(200);
      await expect(invokeAs(root, arnOf("shared:live"))).rejects.toThrow("no resource-based policy");
    });
  });

  it("lets a user of the account in whose own policies say nothing", async () => {
    const { User } = await world.call("iam", "CreateUser", { UserName: "guest" });
    const { Arn: arn = "", UserId: userId = "" } = User ?? {};
    const guest: Principal = { kind: "user", accountId: account, arn, userId, userName: "guest" };
    await expect(invokeAs(guest, "shared")).rejects.toThrow("because no identity-based policy allows");
    await permitted({ Principal: arn }, async () => expect(await invokeAs(guest, "shared")).toBe(200));
  });

  it("lets a service in", async () => {
    const s3 = servicePrincipal("s3.amazonaws.com", account);
    await expect(invokeAs(s3, "shared")).rejects.toThrow("no resource-based policy");
    await permitted({}, async () => {
      expect(await invokeAs(s3, "shared")).toBe(200);
      await expect(invokeAs(servicePrincipal("sns.amazonaws.com", account), "shared")).rejects.toThrow("no resource-based policy");
    });
    await permitted({ SourceArn: "arn:aws:s3:::photos" }, async () => {
      await expect(invokeAs(s3, "shared")).rejects.toThrow("no resource-based policy");
    });
  });

  it("survives a restart, and goes with its alias and its function", async () => {
    const first = await startTestLambda();
    const put = (call: TestLambda["call"], FunctionName: string) => call("lambda", "AddPermission", { ...permission, FunctionName });
    await first.createFunction("f", { Publish: true });
    await first.call("lambda", "CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
    await put(first.call, "f");
    await put(first.call, "f:live");
    await first.stop();
    const second = await startTestLambda({ folder: first.folder });
    const found = (FunctionName: string) => second.call("lambda", "GetPolicy", { FunctionName });
    await expect(found("f")).resolves.toBeDefined();
    await expect(found("f:live")).resolves.toBeDefined();
    await second.call("lambda", "DeleteAlias", { FunctionName: "f", Name: "live" });
    await second.call("lambda", "CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
    await expect(found("f:live")).rejects.toThrow("does not exist");
    await second.call("lambda", "DeleteFunction", { FunctionName: "f" });
    await second.createFunction("f");
    await expect(found("f")).rejects.toThrow("does not exist");
    await second.close();
  });

  it("refuses what can't be", async () => {
    await add();
    await expect(add()).rejects.toMatchObject({
      code: "ResourceConflictException",
      message: "The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.",
    });
    await expect(remove("other")).rejects.toThrow("Statement other is not found in resource policy.");
    await remove("s");
    await expect(remove("s")).rejects.toThrow("No policy is associated with the given resource.");
    await expect(remove("s", { FunctionName: "nope" })).rejects.toThrow(`No policy found for: ${arnOf("nope")}`);
    await expect(add({ FunctionName: "nope" })).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
    await expect(add({ Qualifier: "9" })).rejects.toThrow(`Function not found: ${arnOf("shared:9")}`);
    await expect(add({ Qualifier: "ghost" })).rejects.toThrow(`Cannot find alias arn: ${arnOf("shared:ghost")}`);
    await expect(add({ Qualifier: "$LATEST" })).rejects.toThrow("We currently do not support adding policies for $LATEST.");
    for (const Principal of [
      "invalid.nonaws.com",
      "somebody",
      `arn:aws:iam::${account}:role/nobody`,
      `arn:aws:iam::${account}:user/nobody`,
    ]) {
      await expect(add({ Principal })).rejects.toMatchObject({
        code: "InvalidParameterValueException",
        message: "The provided principal was invalid. Please check the principal and try again.",
      });
    }
  });

  it("is bounded in size", async () => {
    await world.createFunction("full");
    const fill = async (): Promise<void> => {
      for (let at = 0; ; at++)
        await add({ FunctionName: "full", StatementId: `${"x".repeat(90)}${at}`, SourceArn: `arn:aws:s3:::${"b".repeat(60)}` });
    };
    await expect(fill()).rejects.toMatchObject({
      code: "PolicyLengthExceededException",
      message: expect.stringMatching(/^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/),
    });
  });
});
