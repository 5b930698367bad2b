import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { clientsFor, startServerProcess, zipOf, type Clients } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { ask, askSigned, createFunction, letEverybody, startUrlWorld, type UrlWorld } from "./function-url.ts";

let world: UrlWorld;
let clients: Clients;
beforeAll(async () => {
  world = await startUrlWorld();
  ({ clients } = world);
});
afterAll(() => world.close());

const echo = "exports.handler = async (event) => event;";
const fixed = (answer: unknown): string => `exports.handler = async () => (${JSON.stringify(answer)});`;
const forbidden = {
  Message:
    "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
};

describe("the event", () => {
  test("is of payload format 2.0", async () => {
    const url = await world.create("event", echo);
    const { hostname, port } = new URL(url);
    const before = Date.now();
    const answer = await ask(url, {
      method: "POST",
      path: "/a%20b/c?x=1&x=2&y=%C3%BC+z&__proto__=p",
      headers: {
        cookie: "a=1; b=2",
        "X-Many": ["one", "two"],
        "content-type": "application/json",
        "user-agent": "tester",
        __proto__x: "n",
      },
      body: '{"n": "ü"}',
    });
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    const event = JSON.parse(answer.text) as Record<string, unknown> & { readonly requestContext: { readonly timeEpoch: number } };
    const urlId = hostname.split(".")[0];
    expect(event).toEqual({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/a%20b/c",
      rawQueryString: "x=1&x=2&y=%C3%BC+z&__proto__=p",
      cookies: ["a=1", "b=2"],
      headers: {
        host: `${hostname}:${port}`,
        "x-many": "one,two",
        "content-type": "application/json",
        "content-length": "11",
        "user-agent": "tester",
        __proto__x: "n",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
        "x-forwarded-port": port,
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      queryStringParameters: JSON.parse('{"x":"1,2","y":"ü z","__proto__":"p"}'),
      requestContext: {
        accountId: "anonymous",
        apiId: urlId,
        domainName: hostname,
        domainPrefix: urlId,
        http: { method: "POST", path: "/a%20b/c", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "tester" },
        requestId: answer.headers["x-amzn-requestid"],
        routeKey: "$default",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"n": "ü"}',
      isBase64Encoded: false,
    });
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
    expect(answer.headers["x-amzn-trace-id"]).toContain("root=1-");
  });

  test("has text as text, and all else in base64", async () => {
    const url = await world.create("bodies", echo);
    const sent = async (type: string | undefined, body: string | Buffer) => {
      const { text } = await ask(url, { method: "PUT", headers: type === undefined ? {} : { "content-type": type }, body });
      const { body: got, isBase64Encoded } = JSON.parse(text) as { readonly body: string; readonly isBase64Encoded: boolean };
      return [got, isBase64Encoded];
    };
    for (const type of ["text/csv; charset=utf-8", "application/json", "application/xml", "application/vnd.a+json", "image/svg+xml"])
      expect(await sent(type, "<ä>")).toEqual(["<ä>", false]);
    for (const type of ["application/octet-stream", "image/png", "application/x-www-form-urlencoded", "multipart/form-data", undefined])
      expect(await sent(type, "{'key':'value'}")).toEqual(["eydrZXknOid2YWx1ZSd9", true]);
    expect(await sent("text/plain", Buffer.from([0xff, 0xfe]))).toEqual(["//4=", true]);
  });
});

describe("the answer", () => {
  test("is what the function says of it", async () => {
    const url = await world.create(
      "says",
      `def handler(event, context):
    return {"statusCode": "418", "headers": {"content-type": "text/plain", "X-N": 5, "Content-Length": "1", "Connection": "close"},
            "cookies": ["a=1; Path=/", "b=2"], "body": "aGVsbG8gw7w=", "isBase64Encoded": True}`,
      {},
      "python3.11",
    );
    const { status, headers, text } = await ask(url);
    expect({ status, text }).toEqual({ status: 418, text: "hello ü" });
    expect(headers).toMatchObject({
      "content-type": "text/plain",
      "x-n": "5",
      "set-cookie": ["a=1; Path=/", "b=2"],
      "content-length": "8",
    });
    expect(headers).toMatchObject({ "x-amzn-remapped-content-length": "1", "x-amzn-remapped-connection": "close" });
    expect(await ask(url, { method: "HEAD" })).toMatchObject({ status: 418, text: "", headers: { "content-length": "8" } });
  });

  test("is inferred where there is no status code", async () => {
    const url = await world.create("inferred", "exports.handler = async (event) => JSON.parse(event.body);");
    const infer = async (value: unknown) => {
      const { status, headers, text } = await ask(url, {
        method: "POST",
        headers: { "content-type": "text/plain" },
        body: JSON.stringify(value, undefined, 2),
      });
      expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type: "application/json" });
      return text;
    };
    expect(await infer({ a: [1, " b "] })).toBe('{"a":[1," b "]}');
    expect(await infer("hello")).toBe("hello");
    expect(await infer([1, true])).toBe("[1,true]");
    expect(await infer(3.1)).toBe("3.1");
    expect(await infer(null)).toBe("null");
  });

  test("has no body where HTTP has none", async () => {
    const url = await world.create("empty", fixed({ statusCode: 204, body: "not sent" }));
    const { status, text, headers } = await ask(url);
    expect({ status, text, length: headers["content-length"] }).toEqual({ status: 204, text: "", length: undefined });
  });

  test("is AWS's 502 for a function that fails, is too slow, or answers what can't be sent", async () => {
    const failing = await world.create("failing", "exports.handler = async () => { throw new Error('secret'); };");
    const slow = await world.create("slow", "exports.handler = () => new Promise((resolve) => setTimeout(resolve, 20000));");
    await clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: "slow", Timeout: 1 }));
    await lambda.waitUntilFunctionUpdatedV2(
      { client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 },
      { FunctionName: "slow" },
    );
    const large = await world.create("too-large", "exports.handler = async () => 'x'.repeat(6_300_000);");
    const any = await world.create("any", "exports.handler = async (event) => JSON.parse(event.body);");
    const bad = { status: 502, text: "Internal Server Error", headers: { "content-type": "application/json" } };
    expect(await ask(failing)).toMatchObject(bad);
    expect(await ask(slow)).toMatchObject(bad);
    expect(await ask(large)).toMatchObject(bad);
    const answers = [
      ...[99, 100, 101, 199, 600, 999, 200.5, "abc", "", null, {}, true, -1].map((statusCode) => ({ statusCode })),
      ...[{ "a b": "c" }, { "": "x" }, { a: "b\r\nSet-Cookie: c=d" }, { a: "☃" }, { a: ["b"] }, { a: null }, { a: {} }, ["x"], "x", 1].map(
        (headers) => ({ statusCode: 200, headers }),
      ),
      ...["a=b", [1], ["a=b\r\nx: y"], { a: "b" }].map((cookies) => ({ statusCode: 200, cookies })),
      { statusCode: 200, body: "not base64!", isBase64Encoded: true },
    ];
    for (const answer of answers) {
      const got = await ask(any, { method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify(answer) });
      expect({ answer, got }).toMatchObject({ answer, got: bad });
      expect(got.headers["set-cookie"]).toBeUndefined();
    }
    expect(world.server.output()).not.toContain("secret");
  });

  test("is 429 while nothing may run, and 413 for more than 6 MB", async () => {
    const url = await world.create("limited", echo);
    const large = await ask(url, { method: "POST", body: Buffer.alloc(6_291_457) });
    expect(large).toMatchObject({ status: 413, headers: { "x-amzn-errortype": "RequestEntityTooLargeException" } });
    expect(large.text).toContain("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    // What is binary grows by a third in the event.
    expect(await ask(url, { method: "POST", body: Buffer.alloc(5_000_000) })).toMatchObject({ status: 413 });
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "limited", ReservedConcurrentExecutions: 0 }));
    const throttled = await ask(url);
    expect(throttled).toMatchObject({ status: 429, headers: { "x-amzn-errortype": "TooManyRequestsException" } });
    expect(JSON.parse(throttled.text)).toMatchObject({
      message: "Rate Exceeded.",
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
  });
});

describe("who may call", () => {
  test("without authentication: everybody, once the policy says both", async () => {
    await createFunction(clients, "public", echo, "nodejs24.x");
    const make = new lambda.CreateFunctionUrlConfigCommand({ FunctionName: "public", AuthType: "NONE" });
    const { FunctionUrl: url } = await clients.lambda.send(make);
    const denied = await ask(url!);
    expect(denied).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } });
    expect(JSON.parse(denied.text)).toEqual(forbidden);
    // Not even the account's root is let in by who it is.
    expect(await askSigned(clients, url!)).toMatchObject({ status: 403 });
    const base = { FunctionName: "public", Principal: "*", StatementId: "wrong" };
    const add = (more: object) =>
      clients.lambda.send(new lambda.AddPermissionCommand({ ...base, ...more } as lambda.AddPermissionCommandInput));
    await add({ Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "AWS_IAM" });
    await add({ StatementId: "invoke", Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true });
    expect(await ask(url!)).toMatchObject({ status: 403 });
    await add({ StatementId: "url", Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" });
    expect(await ask(url!, { headers: { authorization: "Bearer x" } })).toMatchObject({
      status: 200,
      text: expect.stringContaining("Bearer x"),
    });
    await clients.lambda.send(new lambda.RemovePermissionCommand({ FunctionName: "public", StatementId: "invoke" }));
    expect(await ask(url!)).toMatchObject({ status: 403 });
  });

  test("the permission to come by URL lets nobody invoke directly", async () => {
    await world.create("by-url", echo);
    const user = await makeUser("direct");
    const invoke = new lambda.InvokeCommand({ FunctionName: "by-url" });
    await expectError(user.clients.lambda.send(invoke), "AccessDeniedException", 403);
    user.clients.destroy();
  });

  test("AWS_IAM: whoever signs, and is let by policies", async () => {
    const url = await world.create("private", echo, { AuthType: "AWS_IAM" });
    const unsigned = await ask(url);
    expect(unsigned).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } });
    expect(JSON.parse(unsigned.text)).toEqual(forbidden);
    const signed = await askSigned(clients, url, {
      method: "POST",
      path: "/p?q=1",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(signed.status).toBe(200);
    const event = JSON.parse(signed.text) as { readonly headers: object; readonly requestContext: object; readonly body: string };
    expect(event).toMatchObject({
      body: "{}",
      requestContext: {
        accountId: "123456789012",
        authorizer: {
          iam: {
            accessKey: world.server.credentials.accessKeyId,
            accountId: "123456789012",
            callerId: "123456789012",
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: "arn:aws:iam::123456789012:root",
            userId: "123456789012",
          },
        },
      },
    });
    expect(Object.keys(event.headers)).not.toContain("authorization");

    const user = await makeUser("caller");
    expect(await askSigned(user.clients, url)).toMatchObject({ status: 403, text: JSON.stringify(forbidden) });
    await user.allow("lambda:InvokeFunctionUrl");
    expect(await askSigned(user.clients, url)).toMatchObject({ status: 403 });
    await user.allow("lambda:InvokeFunctionUrl", "lambda:InvokeFunction");
    expect(await askSigned(user.clients, url)).toMatchObject({ status: 200 });
    user.clients.destroy();
  });

  test("AWS_IAM: a signature that is wrong, of nobody, or for elsewhere is refused in AWS's words", async () => {
    const url = await world.create("picky", echo, { AuthType: "AWS_IAM" });
    const forged = clientsFor({ url: world.server.url, credentials: { ...world.server.credentials, secretAccessKey: "wrong" } });
    expect(await askSigned(forged, url)).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "InvalidSignatureException" } });
    const nobody = clientsFor({ url: world.server.url, credentials: { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" } });
    const unknown = await askSigned(nobody, url);
    expect(unknown).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "UnrecognizedClientException" } });
    const elsewhere = clientsFor(world.server, "eu-west-1");
    expect(await askSigned(elsewhere, url)).toMatchObject({ status: 403, text: expect.stringContaining("valid region") });
    forged.destroy();
    nobody.destroy();
    elsewhere.destroy();
  });
});

describe("a URL", () => {
  test("of an alias has a policy of its own, and leads where the alias does", async () => {
    await createFunction(clients, "aliased", fixed("one"), "nodejs24.x");
    await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName: "aliased" }));
    const FunctionName = "aliased";
    await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    await clients.lambda.send(
      new lambda.UpdateFunctionCodeCommand({
        FunctionName,
        ZipFile: await zipOf({ "index.js": "exports.handler = async (_, c) => c.invokedFunctionArn;" }),
      }),
    );
    await lambda.waitUntilFunctionUpdatedV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
    const create = (Qualifier?: string) =>
      clients.lambda.send(new lambda.CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "NONE", Qualifier }));
    const [own, live] = [(await create()).FunctionUrl!, (await create("live")).FunctionUrl!];
    await letEverybody(clients, FunctionName, "live");
    expect(await ask(live)).toMatchObject({ status: 200, text: "one" });
    expect(await ask(own)).toMatchObject({ status: 403 });
    await letEverybody(clients, FunctionName);
    expect(await ask(own)).toMatchObject({ text: "arn:aws:lambda:us-east-1:123456789012:function:aliased" });
    await clients.lambda.send(new lambda.DeleteAliasCommand({ FunctionName, Name: "live" }));
    expect(await ask(live)).toMatchObject({ status: 403, text: '{"Message":null}' });
  });

  test("that is not there, or was deleted, is answered as on AWS", async () => {
    const url = await world.create("gone", echo);
    const gone = {
      status: 403,
      text: '{"Message":null}',
      headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
    };
    const { port } = new URL(url);
    expect(await ask(`http://0123456789abcdefghijklmnopqrstuv.lambda-url.us-east-1.localhost:${port}/`)).toMatchObject(gone);
    expect(await ask(url.replace("us-east-1", "eu-west-1"))).toMatchObject(gone);
    expect(await ask(url)).toMatchObject({ status: 200 });
    await clients.lambda.send(new lambda.DeleteFunctionUrlConfigCommand({ FunctionName: "gone" }));
    expect(await ask(url)).toMatchObject(gone);
  });

  test("is the same after a crash, on the server's port then", async () => {
    const url = await world.create("lasting", fixed({ statusCode: 201, body: "still here" }));
    const { hostname } = new URL(url);
    await world.server.kill();
    const server = await startServerProcess({ dataFolder: world.server.dataFolder });
    try {
      const again = clientsFor(server);
      const { FunctionUrl } = await again.lambda.send(new lambda.GetFunctionUrlConfigCommand({ FunctionName: "lasting" }));
      expect(FunctionUrl).toBe(`http://${hostname}:${new URL(server.url).port}/`);
      expect(await ask(FunctionUrl!)).toMatchObject({ status: 201, text: "still here" });
      again.destroy();
    } finally {
      await server.stop();
    }
  });
});

/** A user of the account without any permission yet. */
async function makeUser(UserName: string) {
  await clients.iam.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await clients.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return {
    clients: clientsFor({ url: world.server.url, credentials }),
    allow: (...Action: string[]) => {
      const Statement = { Effect: "Allow", Action, Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      return clients.iam.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument }));
    },
  };
}
