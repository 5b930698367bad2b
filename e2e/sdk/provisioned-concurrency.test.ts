import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as lambda from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const { server, clients, restart } = serveTests();

const code = `
const startedAt = Date.now();
exports.handler = async ({ waitMs = 0, exit = false }) => {
  if (exit) process.exit(1);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return { type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, environment: process.env.AWS_LAMBDA_LOG_STREAM_NAME, startedAt };
};`;

interface Answer {
  readonly type: string;
  readonly environment: string;
  readonly startedAt: number;
}

const waiter = () => ({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 });

/** A function of its own for a test, with version 1 and the alias `live` of it. */
async function release(FunctionName: string, source = code): Promise<void> {
  const Role = "arn:aws:iam::123456789012:role/execution_role";
  const Code = { ZipFile: await zipOf({ "index.js": source }) };
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role,
      Handler: "index.handler",
      Timeout: 60,
      Code,
      Publish: true,
    }),
  );
  await lambda.waitUntilPublishedVersionActive(waiter(), { FunctionName, Qualifier: "1" });
  await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
}

const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  clients.lambda.send(new lambda.PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }));
const get = (FunctionName: string, Qualifier: string) =>
  clients.lambda.send(new lambda.GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));

const untilReady = (name: string, qualifier: string, count: number): Promise<lambda.GetProvisionedConcurrencyConfigResponse> =>
  waitFor(`${count} of ${name}:${qualifier}`, async () => {
    const config = await get(name, qualifier);
    return config.Status === "READY" && config.AvailableProvisionedConcurrentExecutions === count && config;
  });

async function invoke(name: string, Qualifier: string, event: object = {}): Promise<lambda.InvokeCommandOutput & { answer: Answer }> {
  const Payload = JSON.stringify(event);
  const output = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName: name, Qualifier, Payload, LogType: "Tail" }));
  return { ...output, answer: JSON.parse(Buffer.from(output.Payload ?? []).toString()) as Answer };
}

/** A second version of the function. */
async function publishAnother(FunctionName: string): Promise<void> {
  await clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zipOf({ "index.js": `${code}// 2` }) }));
  await lambda.waitUntilFunctionUpdatedV2(waiter(), { FunctionName });
  await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName }));
}

test("environments of an alias are initialized ahead, answer first, and what is beyond them runs on demand", async () => {
  await release("ahead");
  const asked = await put("ahead", "live", 2);
  expect(asked).toMatchObject({ RequestedProvisionedConcurrentExecutions: 2, Status: "IN_PROGRESS", $metadata: { httpStatusCode: 202 } });
  const ready = await untilReady("ahead", "live", 2);
  expect(ready).toMatchObject({ RequestedProvisionedConcurrentExecutions: 2, AllocatedProvisionedConcurrentExecutions: 2 });
  const readyAt = Date.now();

  const first = await invoke("ahead", "live");
  expect(first.answer.type).toBe("provisioned-concurrency");
  expect(first.answer.startedAt).toBeLessThan(readyAt);
  const log = Buffer.from(first.LogResult ?? "", "base64").toString();
  const [, duration, billed] = /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms\t.*\tInit Duration: [\d.]+ ms\t/.exec(log) ?? [];
  expect(Number(billed)).toBe(Math.ceil(Number(duration)));
  const stream = { logGroupName: "/aws/lambda/ahead", logStreamNames: [first.answer.environment] };
  const { events = [] } = await waitFor("its log", async () => {
    const found = await clients.logs.send(new FilterLogEventsCommand(stream));
    return (found.events?.length ?? 0) > 2 && found;
  });
  expect(events[0]?.message).toMatch(/^INIT_START Runtime Version: /);

  const others = Promise.all([1, 2].map(() => invoke("ahead", "live", { waitMs: 4000 })));
  const answers = [await invoke("ahead", "live", { waitMs: 4000 }), ...(await others)];
  expect(answers.map(({ answer }) => answer.type).sort()).toEqual(["on-demand", "provisioned-concurrency", "provisioned-concurrency"]);

  expect((await invoke("ahead", "live", { exit: true })).FunctionError).toBe("Unhandled");
  await untilReady("ahead", "live", 2);
  const listed = await clients.lambda.send(new lambda.ListProvisionedConcurrencyConfigsCommand({ FunctionName: "ahead" }));
  expect(listed.ProvisionedConcurrencyConfigs).toMatchObject([
    { FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:ahead:live", Status: "READY" },
  ]);
});

test("they go with the alias to another version, by weight while it has two, and end with their configuration", async () => {
  await release("moving");
  await put("moving", "live", 2);
  await untilReady("moving", "live", 2);
  await publishAnother("moving");
  const update = { FunctionName: "moving", Name: "live" };
  await clients.lambda.send(new lambda.UpdateAliasCommand({ ...update, RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } }));
  await untilReady("moving", "live", 2);
  for (const version of ["1", "2"]) {
    expect(await invoke("moving", version)).toMatchObject({ ExecutedVersion: version, answer: { type: "provisioned-concurrency" } });
  }
  await expectError(
    put("moving", "live", 3),
    "InvalidParameterValueException",
    400,
    "Alias with weights can not be used with Provisioned Concurrency",
  );

  await clients.lambda.send(new lambda.UpdateAliasCommand({ ...update, FunctionVersion: "2", RoutingConfig: {} }));
  await untilReady("moving", "live", 2);
  expect(await invoke("moving", "live")).toMatchObject({ ExecutedVersion: "2", answer: { type: "provisioned-concurrency" } });
  await waitFor("version 1 to have none", async () => (await invoke("moving", "1")).answer.type === "on-demand");

  await clients.lambda.send(new lambda.DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "moving", Qualifier: "live" }));
  await expectError(
    get("moving", "live"),
    "ProvisionedConcurrencyConfigNotFoundException",
    404,
    "No Provisioned Concurrency Config found for this function",
  );
  await waitFor("version 2 to have none", async () => (await invoke("moving", "2")).answer.type === "on-demand");
});

test("a function whose initialization fails is told so, and still is invoked on demand", async () => {
  await release("broken", `if (process.env.AWS_LAMBDA_INITIALIZATION_TYPE !== "on-demand") throw new Error("no");${code}`);
  await put("broken", "1", 1);
  const failed = await waitFor("the failure", async () => {
    const config = await get("broken", "1");
    return config.Status === "FAILED" && config;
  });
  expect(failed).toMatchObject({ StatusReason: "FUNCTION_ERROR_INIT_FAILURE", AllocatedProvisionedConcurrentExecutions: 0 });
  expect((await invoke("broken", "1")).answer.type).toBe("on-demand");
});

test("what is provisioned counts against the account, and against what the function reserved", async () => {
  await release("counted");
  const left = async () => {
    const { AccountLimit } = await clients.lambda.send(new lambda.GetAccountSettingsCommand({}));
    return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  };
  const before = await left();
  await put("counted", "live", 1);
  expect(await left()).toBe(before - 1);
  await expectError(
    put("counted", "live", before),
    "InvalidParameterValueException",
    400,
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  );
  await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "counted", ReservedConcurrentExecutions: 1 }));
  await untilReady("counted", "live", 1);
  // All that is reserved is provisioned for version 1: nothing is left for $LATEST.
  const refused = await invoke("counted", "$LATEST").catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "TooManyRequestsException", Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  expect((await invoke("counted", "live")).answer.type).toBe("provisioned-concurrency");
});

test("they are there again after the server was killed, and after it was stopped", async () => {
  await release("durable");
  await put("durable", "live", 2);
  await untilReady("durable", "live", 2);
  for (const end of ["kill", "stop"] as const) {
    await server[end]();
    await restart();
    await untilReady("durable", "live", 2);
    expect((await invoke("durable", "live")).answer.type).toBe("provisioned-concurrency");
  }
});
