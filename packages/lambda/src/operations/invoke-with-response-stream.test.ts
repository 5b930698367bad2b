import { afterAll, beforeAll, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfFiles } from "../testing/zips.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine });
});
afterAll(() => world.close());

it("does not hold a function up whose caller was gone before the first event", async () => {
  const FunctionName = "left-early";
  const write = 'for (let i = 0; i < 64; i++) stream.write("x".repeat(65536)); stream.end();';
  const source = `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${write} });`;
  await world.createFunction(FunctionName, { Code: { ZipFile: await zipOfFiles({ "index.js": source }) }, Timeout: 60 });
  await world.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: 1 });
  /** Begins one, and leaves it at once. */
  const leave = async (): Promise<void> => {
    const { EventStream } = await world.call("lambda", "InvokeWithResponseStream", { FunctionName });
    await EventStream?.[Symbol.asyncIterator]().return?.();
  };
  await leave();
  // One at a time may run: the next one can once the first has ended.
  await until(() =>
    leave().then(
      () => true,
      () => false,
    ),
  );
  expect(world.problems).toEqual([]);
});
