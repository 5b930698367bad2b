import { afterAll, beforeAll, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

it.each(["PutFunctionScalingConfig", "GetFunctionScalingConfig"] as const)(
  "%s is for functions on capacity providers",
  async (operation) => {
    const name = operation.toLowerCase();
    const call = (Qualifier: string) => world.call("lambda", operation, { FunctionName: name, Qualifier });
    await expect(call("1")).rejects.toThrow(`Function not found: ${arnOf(`${name}:1`)}`);
    await world.createFunction(name, { Publish: true });
    await expect(call("2")).rejects.toThrow(`Function not found: ${arnOf(`${name}:2`)}`);
    await expect(call("$LATEST.PUBLISHED")).rejects.toThrow(`Function not found: ${arnOf(`${name}:$LATEST.PUBLISHED`)}`);
    await expect(call("1")).rejects.toMatchObject({
      code: "AccessDeniedException",
      message: "The function provided by the arn does not contain a capacity provider configuration",
    });
  },
);
