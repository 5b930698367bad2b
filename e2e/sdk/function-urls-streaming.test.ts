import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import * as lambda from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { ask, begin, startUrlWorld, type UrlWorld } from "./function-url.ts";

let world: UrlWorld;
beforeAll(async () => {
  world = await startUrlWorld();
});
afterAll(() => world.close());

const mode = { InvokeMode: "RESPONSE_STREAM" } as const;
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** A function that streams. `await until("x")` waits until the function has the tag `x`. */
const streaming = (body: string): string => `
const { LambdaClient, ListTagsCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient({});
exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
  const until = async (tag) => { while (!(tag in (await client.send(new ListTagsCommand({ Resource: context.invokedFunctionArn }))).Tags)) {} };
  ${body}
});`;

const tag = (name: string, key: string) =>
  world.clients.lambda.send(new lambda.TagResourceCommand({ Resource: arnOf(name), Tags: { [key]: "" } }));
const oneAtATime = (FunctionName: string) =>
  world.clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));

/** The text of an answer, which a function of which one may run gives once the one before has ended. */
const untilAnswered = async (url: string): Promise<string> =>
  waitFor("the function's end", async () => {
    const { status, text } = await ask(url);
    return status === 200 && text;
  });

const nextText = async (response: IncomingMessage): Promise<string> => String((await once(response, "data"))[0]);

test("status, headers and cookies come first, and bytes as the function writes them", async () => {
  const url = await world.create(
    "stream",
    streaming(`
      const head = { statusCode: 206, headers: { "Content-Type": "text/event-stream", "X-One": "1" }, cookies: ["a=1", "b=2; HttpOnly"] };
      stream = awslambda.HttpResponseStream.from(stream, head);
      stream.write("first");
      await until("go-on");
      stream.write("last");
      stream.end();`),
    mode,
  );
  const response = await begin(url);
  expect(response.statusCode).toBe(206);
  expect(response.headers).toMatchObject({ "content-type": "text/event-stream", "x-one": "1", "set-cookie": ["a=1", "b=2; HttpOnly"] });
  expect(response.headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(await nextText(response)).toBe("first");
  await tag("stream", "go-on");
  expect((await buffer(response)).toString()).toBe("last");
  expect(response.complete).toBe(true);
});

test("without a prelude it is 200 with the stream's type; what is returned whole is sent as it is", async () => {
  const plain = await world.create(
    "no-prelude",
    streaming('stream.setContentType("text/plain"); stream.write("just text"); stream.end();'),
    mode,
  );
  expect(await ask(plain)).toMatchObject({ status: 200, text: "just text", headers: { "content-type": "text/plain" } });
  const whole = await world.create("whole", 'def handler(e, c):\n    return {"statusCode": 404, "body": "x"}', mode, "python3.11");
  expect(await ask(whole)).toMatchObject({ status: 200, text: '{"statusCode": 404, "body": "x"}' });
});

test("a function that streams is answered in one piece by a URL that is BUFFERED", async () => {
  const source = streaming(
    'stream = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { "X-A": "b" } }); stream.write("body"); stream.end();',
  );
  const url = await world.create("buffered", source);
  expect(await ask(url)).toMatchObject({ status: 202, text: "body", headers: { "x-a": "b", "content-length": "4" } });
});

test("an error before the first byte is 502; one after it breaks the answer off", async () => {
  const early = await world.create("early", streaming('throw new Error("at once");'), mode);
  expect(await ask(early)).toMatchObject({ status: 502, text: "Internal Server Error" });
  const bad = streaming('stream = awslambda.HttpResponseStream.from(stream, { statusCode: 42 }); stream.write("x"); stream.end();');
  expect(await ask(await world.create("bad-status", bad, mode))).toMatchObject({ status: 502, text: "Internal Server Error" });
  const type = '"application/vnd.awslambda.http-integration-response"';
  const garbage = streaming(`stream.setContentType(${type}); stream.write("{no json" + "\\0".repeat(8) + "x"); stream.end();`);
  expect(await ask(await world.create("garbage", garbage, mode))).toMatchObject({ status: 502, text: "Internal Server Error" });
  const late = await world.create("late", streaming('stream.write("so far"); await until("break"); throw new Error("late");'), mode);
  const response = await begin(late);
  expect(await nextText(response)).toBe("so far");
  await tag("late", "break");
  await expect(buffer(response)).rejects.toThrow(/aborted/);
  expect(response.complete).toBe(false);
});

test("a client that goes away leaves the function running to its end, and the server as it was", async () => {
  const write = 'stream.write("here"); await until("gone"); for (let i = 0; i < 64; i++) stream.write("x".repeat(65536)); stream.end();';
  const url = await world.create("left", streaming(write), mode);
  await oneAtATime("left");
  const response = await begin(url);
  expect(await nextText(response)).toBe("here");
  response.destroy();
  expect(await ask(url)).toMatchObject({ status: 429 });
  await tag("left", "gone");
  expect((await untilAnswered(url)).length).toBe(4 + 64 * 65_536);
  expect(world.server.output()).not.toMatch(/could not be written|failed:/);
});

test("who wants the first lines alone gets these, and does not hold the function up", async () => {
  const write = 'stream.setContentType("text/plain"); for (let i = 0; i < 64; i++) stream.write("x".repeat(65536)); stream.end();';
  const url = await world.create("head", streaming(write), mode);
  await oneAtATime("head");
  expect(await ask(url, { method: "HEAD" })).toMatchObject({ status: 200, text: "", headers: { "content-type": "text/plain" } });
  expect((await untilAnswered(url)).length).toBe(64 * 65_536);
});
