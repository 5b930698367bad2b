import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
  await world.createFunction("tagged", { Tags: { a: "1" }, Publish: true });
});
afterAll(() => world.close());

const tags = async () => (await world.call("lambda", "ListTags", { Resource: arnOf("tagged") })).Tags;

describe("tags", () => {
  it("are added, replaced and removed", async () => {
    await world.call("lambda", "TagResource", { Resource: arnOf("tagged"), Tags: { a: "2", b: "3" } });
    expect(await tags()).toEqual({ a: "2", b: "3" });
    await world.call("lambda", "UntagResource", { Resource: arnOf("tagged"), TagKeys: ["a", "absent"] });
    expect(await tags()).toEqual({ b: "3" });
  });

  it("are a function's, not a version's", async () => {
    await expect(world.call("lambda", "ListTags", { Resource: arnOf("tagged:1") })).rejects.toThrow(
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
    await expect(world.call("lambda", "ListTags", { Resource: arnOf("nope") })).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
    const mapping = `arn:aws:lambda:us-east-1:${account}:event-source-mapping:00000000-0000-0000-0000-000000000000`;
    await expect(world.call("lambda", "ListTags", { Resource: mapping })).rejects.toThrow(`Event source mapping not found: ${mapping}`);
  });

  it("decide what a user may do", async () => {
    await world.call("iam", "CreateUser", { UserName: "reader" });
    await world.call("iam", "PutUserPolicy", {
      UserName: "reader",
      PolicyName: "tagged",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "lambda:GetFunction", Resource: "*", Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } },
        ],
      }),
    });
    await world.createFunction("blue", { Tags: { team: "blue" } });
    const { User } = await world.call("iam", "GetUser", { UserName: "reader" });
    const reader = world.callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "reader" });
    await expect(reader("lambda", "GetFunction", { FunctionName: "blue" })).resolves.toBeDefined();
    await expect(reader("lambda", "GetFunction", { FunctionName: "tagged" })).rejects.toThrow(
      "is not authorized to perform: lambda:GetFunction",
    );
  });
});
