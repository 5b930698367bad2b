import { AccessDenied, anonymousPrincipal, rootPrincipal, type Principal } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { zipOfFiles } from "../testing/zips.ts";
import { readUrlHost } from "./url-address.ts";

const other = "210987654321";
let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine, limits: { urlPreludeBytes: 1000 } });
});
afterAll(() => world.close());

/** A function with a URL, and what calls that. */
async function createUrl(name: string, more: { readonly authType?: "NONE" | "AWS_IAM"; readonly stream?: string } = {}) {
  const { authType = "AWS_IAM", stream } = more;
  const source =
    stream === undefined
      ? "exports.handler = async (event) => event.requestContext;"
      : `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${stream} });`;
  await world.createFunction(name, { Code: { ZipFile: await zipOfFiles({ "index.js": source }) } });
  const { FunctionUrl = "" } = await world.call("lambda", "CreateFunctionUrlConfig", {
    FunctionName: name,
    AuthType: authType,
    InvokeMode: stream === undefined ? "BUFFERED" : "RESPONSE_STREAM",
  });
  const url = await world.lambda.findFunctionUrl(readUrlHost(new URL(FunctionUrl).host)!);
  const head = { method: "GET", path: "/", query: "", rawHeaders: ["Host", new URL(FunctionUrl).host], protocol: "HTTP/1.1", port: 4566 };
  return async (principal: Principal) => {
    const { status, body } = await url!.invoke(world.contextOf(principal), { ...head, body: Buffer.alloc(0) });
    return { status, text: Buffer.isBuffer(body) ? body.toString() : "" };
  };
}

const permit = (FunctionName: string, Action: string, more: object) =>
  world.call("lambda", "AddPermission", { FunctionName, StatementId: Action.slice(7), Action, Principal: other, ...more });

async function makeUser(UserName: string, ...Action: string[]): Promise<Principal> {
  const call = world.callAs(rootPrincipal(other));
  const { User } = await call("iam", "CreateUser", { UserName });
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } });
  await call("iam", "PutUserPolicy", { UserName, PolicyName: "own", PolicyDocument });
  return { kind: "user", accountId: other, arn: User!.Arn!, userId: User!.UserId!, userName: UserName };
}

describe("another account", () => {
  it("is let in when its policies and the function's say both, and is told apart in the event", async () => {
    const invoke = await createUrl("shared");
    const user = await makeUser("both", "lambda:InvokeFunctionUrl", "lambda:InvokeFunction");
    await expect(invoke(user)).rejects.toThrow(AccessDenied);
    await permit("shared", "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "AWS_IAM" });
    await expect(invoke(user)).rejects.toThrow(AccessDenied);
    await permit("shared", "lambda:InvokeFunction", { InvokedViaFunctionUrl: true });
    const { text } = await invoke(user);
    expect(JSON.parse(text)).toMatchObject({
      accountId: other,
      authorizer: { iam: { accountId: other, userArn: user.arn, userId: user.userId } },
    });
    await expect(world.callAs(user)("lambda", "Invoke", { FunctionName: arnOf("shared") })).rejects.toThrow(AccessDenied);
    await expect(invoke(await makeUser("half", "lambda:InvokeFunctionUrl"))).rejects.toThrow(AccessDenied);
  });

  it("is let in directly alone by a permission for what does not come by URL", async () => {
    const invoke = await createUrl("directly");
    await permit("directly", "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "AWS_IAM" });
    await permit("directly", "lambda:InvokeFunction", { InvokedViaFunctionUrl: false });
    const user = await makeUser("direct", "lambda:*");
    await expect(invoke(user)).rejects.toThrow(/lambda:InvokeFunction on/);
    expect(await world.callAs(user)("lambda", "Invoke", { FunctionName: arnOf("directly") })).toMatchObject({ StatusCode: 200 });
  });

  it("is not let in by a permission for URLs of the other kind", async () => {
    const invoke = await createUrl("wrong-kind");
    await permit("wrong-kind", "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" });
    await permit("wrong-kind", "lambda:InvokeFunction", {});
    const user = await makeUser("kind", "lambda:*");
    await expect(invoke(user)).rejects.toThrow(/lambda:InvokeFunctionUrl/);
  });

  it("may be nobody at all only of a URL without authentication that everybody may call", async () => {
    const invoke = await createUrl("public", { authType: "NONE" });
    const nobody = anonymousPrincipal(account);
    await permit("public", "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" });
    await permit("public", "lambda:InvokeFunction", {});
    await expect(invoke(nobody)).rejects.toThrow(AccessDenied);
    await permit("public", "lambda:InvokeFunctionUrl", { StatementId: "a", Principal: "*", FunctionUrlAuthType: "NONE" });
    await permit("public", "lambda:InvokeFunction", { StatementId: "b", Principal: "*", InvokedViaFunctionUrl: true });
    expect(JSON.parse((await invoke(nobody)).text)).toMatchObject({ accountId: "anonymous" });
  });
});

describe("a prelude", () => {
  it("is bounded", async () => {
    const type = 'stream.setContentType("application/vnd.awslambda.http-integration-response");';
    const write = (blanks: number): string =>
      `${type} stream.write("{" + " ".repeat(${blanks}) + "}"); stream.write("\\0".repeat(8)); stream.write("body"); stream.end();`;
    const root = rootPrincipal(account);
    expect(await (await createUrl("short", { stream: write(500) }))(root)).toMatchObject({ status: 200 });
    expect(await (await createUrl("endless", { stream: write(2000) }))(root)).toMatchObject({ status: 502 });
  });
});
