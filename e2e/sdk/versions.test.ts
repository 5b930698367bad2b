import * as lambda from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const FunctionName = "released";
const arn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;

const { clients } = serveTests();

const answering = (answer: number): Promise<Buffer> => zipOf({ "index.js": `exports.handler = async () => ${answer};` });
const waiter = () => ({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 });

async function invoke(Qualifier: string): Promise<{ readonly answer: string; readonly version: string | undefined }> {
  const { Payload, ExecutedVersion } = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName, Qualifier }));
  return { answer: Buffer.from(Payload ?? []).toString(), version: ExecutedVersion };
}

test("a release: publish, point an alias at it, shift traffic to the next one, go back", async () => {
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Handler: "index.handler",
      Code: { ZipFile: await answering(1) },
    }),
  );
  await lambda.waitUntilFunctionActiveV2(waiter(), { FunctionName });
  const first = await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName, Description: "one" }));
  expect(first).toMatchObject({ Version: "1", FunctionArn: `${arn}:1`, $metadata: { httpStatusCode: 201 } });
  await lambda.waitUntilPublishedVersionActive(waiter(), { FunctionName, Qualifier: "1" });
  const live = await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  expect(live).toMatchObject({ AliasArn: `${arn}:live`, FunctionVersion: "1", $metadata: { httpStatusCode: 201 } });

  await clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: await answering(2), Publish: true }));
  await lambda.waitUntilPublishedVersionActive(waiter(), { FunctionName, Qualifier: "2" });
  expect(await invoke("live")).toEqual({ answer: "1", version: "1" });

  const shift = (weight: number) =>
    new lambda.UpdateAliasCommand({ FunctionName, Name: "live", RoutingConfig: { AdditionalVersionWeights: { 2: weight } } });
  await clients.lambda.send(shift(1));
  expect(await invoke("live")).toEqual({ answer: "2", version: "2" });
  await clients.lambda.send(new lambda.UpdateAliasCommand({ FunctionName, Name: "live", RoutingConfig: {} }));
  expect(await invoke("live")).toEqual({ answer: "1", version: "1" });

  const listed = await clients.lambda.send(new lambda.ListAliasesCommand({ FunctionName, FunctionVersion: "1" }));
  expect(listed.Aliases?.map(({ Name }) => Name)).toEqual(["live"]);
  await clients.lambda.send(new lambda.DeleteAliasCommand({ FunctionName, Name: "live" }));
  await expectError(invoke("live"), "ResourceNotFoundException", 404, `Function not found: ${arn}:live`);
});

test("a weight that is none, and a version that can't be weighted, are refused in AWS's words", async () => {
  const create = (weights: Record<string, number>) =>
    clients.lambda.send(
      new lambda.CreateAliasCommand({
        FunctionName,
        Name: "odd",
        FunctionVersion: "1",
        RoutingConfig: { AdditionalVersionWeights: weights },
      }),
    );
  const value =
    "failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]";
  await expectError(
    create({ 2: 2 }),
    "ValidationException",
    400,
    `1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' ${value}`,
  );
  await expectError(
    create({ $LATEST: 0.5 }),
    "ValidationException",
    400,
    /^1 validation error detected: Value '\{\$LATEST=0.5\}' at 'routingConfig.additionalVersionWeights'/,
  );
});
