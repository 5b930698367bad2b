import { afterAll, beforeAll, expect, test } from "vitest";
import { build, goFunction, rustFunction, whyNotBuilt } from "./testing/build-program.ts";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

const buildTimeoutMs = 900_000;
const arn = "arn:aws:lambda:us-east-1:123456789012:function:hello";

test("AWS's library for Go", { timeout: buildTimeoutMs }, async ({ skip }) => {
  const why = await whyNotBuilt(goFunction);
  if (why !== undefined) skip(why);
  const target = await t.target({ bootstrap: await build(goFunction) }, { runtime: "provided.al2023", handler: "bootstrap" });
  expect(answer(await t.invoke(target, { name: "you" }, { requestId: "r1" }))).toEqual({ hello: "you", request: "r1", arn });
  expect(answer(await t.invoke(target, { mode: "error" }))).toEqual({ errorMessage: "as told", errorType: "errorString" });
  expect((await t.invoke(target, { mode: "stream" })).payload.toString()).toBe("streamed");
  const panicked = await t.invoke(target, { mode: "panic" });
  expect(answer(panicked)).toMatchObject({ errorMessage: "out of order", errorType: "string", stackTrace: expect.any(Array) as unknown });
  expect(panicked.functionError).toBe("Unhandled");
  expect(answer(await t.invoke(target, { name: "again" }))).toMatchObject({ hello: "again" });
});

test("AWS's runtime for Rust", { timeout: buildTimeoutMs }, async ({ skip }) => {
  const why =
    process.env["MAYFLY_DRILL"] === "1" ? await whyNotBuilt(rustFunction) : "npm run drill builds it: its libraries take a minute";
  if (why !== undefined) skip(why);
  const target = await t.target({ bootstrap: await build(rustFunction) }, { runtime: "provided.al2023", handler: "any.thing" });
  expect(answer(await t.invoke(target, { name: "you" }, { requestId: "r1" }))).toEqual({ hello: "you", request: "r1", arn });
  const failed = await t.invoke(target, { mode: "error" });
  expect(answer(failed)).toMatchObject({ errorMessage: "as told" });
  expect(failed.functionError).toBe("Unhandled");
  expect(answer(await t.invoke(target, { name: "again" }))).toMatchObject({ hello: "again" });
});
