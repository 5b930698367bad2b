import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { beforeAll, expect, test } from "vitest";
import { clientsFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const RoleName = "streaming";
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const { server, clients } = serveTests();
beforeAll(async () => {
  const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const read = { Effect: "Allow", Action: "lambda:ListTags", Resource: "*" };
  await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: policy(read) }));
});

/** A function that streams. It waits at `await until("x")` until the test has put the tag `x` onto it. */
async function createStreaming(FunctionName: string, body: string): Promise<void> {
  const source = `
const { LambdaClient, ListTagsCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient({});
exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
  const until = async (tag) => { while (!(tag in (await client.send(new ListTagsCommand({ Resource: context.invokedFunctionArn }))).Tags)) {} };
  ${body}
});`;
  await create(FunctionName, source);
}

async function create(FunctionName: string, source: string): Promise<void> {
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role: `arn:aws:iam::123456789012:role/${RoleName}`,
      Handler: "index.handler",
      Timeout: 30,
      Code: { ZipFile: await zipOf({ "index.js": source }) },
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

const tag = (name: string, key: string) =>
  clients.lambda.send(new lambda.TagResourceCommand({ Resource: arnOf(name), Tags: { [key]: "" } }));

async function start(FunctionName: string, more: Partial<lambda.InvokeWithResponseStreamCommandInput> = {}) {
  const answer = await clients.lambda.send(new lambda.InvokeWithResponseStreamCommand({ FunctionName, ...more }));
  const events = answer.EventStream![Symbol.asyncIterator]();
  const next = async (): Promise<lambda.InvokeWithResponseStreamResponseEvent | undefined> => {
    const { done, value } = await events.next();
    return done === true ? undefined : value;
  };
  return { answer, next, nextText: async () => Buffer.from((await next())?.PayloadChunk?.Payload ?? []).toString() };
}

interface Whole {
  readonly text: string;
  readonly complete: lambda.InvokeWithResponseStreamCompleteEvent | undefined;
  readonly answer: lambda.InvokeWithResponseStreamCommandOutput;
}

async function whole(FunctionName: string, more: Partial<lambda.InvokeWithResponseStreamCommandInput> = {}): Promise<Whole> {
  const { answer, next } = await start(FunctionName, more);
  let text = "";
  let complete: lambda.InvokeWithResponseStreamCompleteEvent | undefined;
  for (let event = await next(); event !== undefined; event = await next()) {
    text += Buffer.from(event.PayloadChunk?.Payload ?? []).toString();
    complete ??= event.InvokeComplete;
  }
  return { text, complete, answer };
}

test("the first chunk is here before the function is told to write the last", async () => {
  await createStreaming("stream", `stream.write("first"); await until("go-on"); stream.write("last"); stream.end();`);
  const { answer, next, nextText } = await start("stream", { LogType: "Tail" });
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
  expect(await nextText()).toBe("first");
  await tag("stream", "go-on");
  expect(await nextText()).toBe("last");
  const { InvokeComplete } = (await next()) ?? {};
  expect(InvokeComplete?.ErrorCode).toBeUndefined();
  expect(Buffer.from(InvokeComplete?.LogResult ?? "", "base64").toString()).toMatch(/^START RequestId: .*\nREPORT RequestId: /s);
  expect(await next()).toBeUndefined();
});

test("an error after the first chunk is told at the end", async () => {
  await createStreaming("breaks", `stream.write("so far"); await until("break"); throw new RangeError("no further");`);
  const { nextText, next } = await start("breaks");
  expect(await nextText()).toBe("so far");
  await tag("breaks", "break");
  const { InvokeComplete } = (await next()) ?? {};
  expect(InvokeComplete?.ErrorCode).toBe("RangeError");
  expect(JSON.parse(InvokeComplete?.ErrorDetails ?? "")).toMatchObject({ errorType: "RangeError", errorMessage: "no further" });
});

test("a function that does not stream gives its answer, or its error, in one piece", async () => {
  await create("plain", `exports.handler = async (event) => { if (event.fail) throw new TypeError("bad"); return { got: event }; };`);
  const fine = await whole("plain", { Payload: Buffer.from('{"a":1}') });
  expect(fine.text).toBe('{"got":{"a":1}}');
  expect(fine.complete).toEqual({});
  const failed = await whole("plain", { Payload: Buffer.from('{"fail":true}') });
  expect(failed.text).toBe("");
  expect(failed.complete).toMatchObject({ ErrorCode: "TypeError", ErrorDetails: expect.stringContaining('"errorMessage":"bad"') });
});

test("a version is streamed by its alias; a dry run runs nothing", async () => {
  await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName: "plain" }));
  await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName: "plain", Name: "live", FunctionVersion: "1" }));
  expect((await whole("plain:live")).answer.ExecutedVersion).toBe("1");
  const { StatusCode, EventStream } = await clients.lambda.send(
    new lambda.InvokeWithResponseStreamCommand({ FunctionName: "plain", InvocationType: "DryRun" }),
  );
  expect(StatusCode).toBe(204);
  for await (const event of EventStream ?? []) throw new Error(`A dry run answered ${JSON.stringify(event)}`);
});

test("what can't be invoked is refused before anything is streamed", async () => {
  await expectError(start("nobody"), "ResourceNotFoundException", 404, `Function not found: ${arnOf("nobody:$LATEST")}`);
  await expectError(
    start("plain", { Payload: Buffer.from("{") }),
    "InvalidRequestContentException",
    400,
    /^Could not parse request body into json/,
  );
  await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "plain", ReservedConcurrentExecutions: 0 }));
  const error = await expectError(start("plain"), "TooManyRequestsException", 429);
  expect(error["Reason"]).toBe("ReservedFunctionConcurrentInvocationLimitExceeded");
});

test("a caller that leaves lets the function go on, and its place be free again", async () => {
  await createStreaming("left", `stream.write("begun"); await until("go-on"); stream.end();`);
  await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "left", ReservedConcurrentExecutions: 1 }));
  const leaving = clientsFor(server);
  const answer = await leaving.lambda.send(new lambda.InvokeWithResponseStreamCommand({ FunctionName: "left" }));
  await answer.EventStream![Symbol.asyncIterator]().next();
  leaving.destroy();
  await expectError(start("left"), "TooManyRequestsException", 429);
  await tag("left", "go-on");
  await expect
    .poll(
      () =>
        whole("left").then(
          ({ text }) => text,
          () => undefined,
        ),
      { timeout: 20_000 },
    )
    .toBe("begun");
});

test("the answer's head is an event stream's", async () => {
  const command = new lambda.InvokeWithResponseStreamCommand({ FunctionName: "stream" });
  let type: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      type = (result.response as { headers: Record<string, string> }).headers["content-type"];
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  const { EventStream } = await clients.lambda.send(command);
  for await (const event of EventStream ?? []) expect(event).toBeDefined();
  expect(type).toBe("application/vnd.amazon.eventstream");
});
