import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { account, arnOf, roleArn, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfFiles } from "../testing/zips.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine, limits: { asyncFunctionRetryMs: [5, 10], asyncFirstRetryMs: 5 } });
  const Statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await world.call("iam", "PutRolePolicy", { RoleName: "execution_role", PolicyName: "destinations", PolicyDocument });
});
afterAll(() => world.close());

const source = `exports.handler = async (event) => {
  console.log("ran", JSON.stringify(event));
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  if (event.fail) throw new RangeError(event.fail);
  return { answer: event };
};`;
const create = async (name: string, more: Partial<InputOf<"lambda", "CreateFunction">> = {}) =>
  world.createFunction(name, { Code: { ZipFile: await zipOfFiles({ "index.js": source }) }, Timeout: 20, ...more });
type Put = InputOf<"lambda", "PutFunctionEventInvokeConfig">;
const put = (FunctionName: string, more: Partial<Put>) => world.call("lambda", "PutFunctionEventInvokeConfig", { FunctionName, ...more });
const get = (FunctionName: string) => world.call("lambda", "GetFunctionEventInvokeConfig", { FunctionName });
const send = async (FunctionName: string, event: object): Promise<void> => {
  const { StatusCode } = await world.call("lambda", "Invoke", {
    FunctionName,
    InvocationType: "Event",
    Payload: Buffer.from(JSON.stringify(event)),
  });
  expect(StatusCode).toBe(202);
};
const destinations = (onSuccess?: string, onFailure?: string): Partial<Put> => ({
  DestinationConfig: {
    ...(onSuccess && { OnSuccess: { Destination: arnOf(onSuccess) } }),
    ...(onFailure && { OnFailure: { Destination: arnOf(onFailure) } }),
  },
});
/** What a function was run with, run by run. */
async function runsOf(name: string): Promise<readonly Record<string, unknown>[]> {
  try {
    const { events = [] } = await world.call("logs", "FilterLogEvents", { logGroupName: `/aws/lambda/${name}` });
    return events.flatMap(({ message = "" }) => {
      const text = /\bran (\{.*\})/.exec(message)?.[1];
      return text === undefined ? [] : [JSON.parse(text) as Record<string, unknown>];
    });
  } catch {
    return [];
  }
}
const idle = () => until(async () => (await world.db.asyncEvents.list(undefined, 10)).length === 0);

describe("asynchronous events", () => {
  it("are run twice again when the function fails, unless told otherwise", async () => {
    await create("failing");
    await send("failing", { fail: "always" });
    await idle();
    expect(await runsOf("failing")).toHaveLength(3);
    await create("once");
    await put("once", { MaximumRetryAttempts: 0 });
    await send("once", { fail: "always" });
    await idle();
    expect(await runsOf("once")).toHaveLength(1);
  });

  it("are told to the destination of a success", async () => {
    await create("happy");
    await create("told");
    await put("happy", destinations("told"));
    await send("happy", { a: [1, "ü"] });
    await until(async () => (await runsOf("told")).length === 1);
    expect((await runsOf("told"))[0]).toEqual({
      version: "1.0",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: arnOf("happy:$LATEST"),
        condition: "Success",
        approximateInvokeCount: 1,
      },
      requestPayload: { a: [1, "ü"] },
      responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { answer: { a: [1, "ü"] } },
    });
    await send("happy", { fail: "no destination for this" });
    await idle();
    expect(await runsOf("told")).toHaveLength(1);
  });

  it("are told to the destination of a failure when no retry is left, as the alias that was called says", async () => {
    await create("sad", { Publish: true });
    await world.call("lambda", "CreateAlias", { FunctionName: "sad", Name: "live", FunctionVersion: "1" });
    await create("mourning");
    await put("sad:live", { MaximumRetryAttempts: 1, ...destinations(undefined, "mourning") });
    await send("sad", { fail: "without the alias" });
    await send("sad:live", { fail: "with it" });
    await until(async () => (await runsOf("mourning")).length === 1);
    await idle();
    expect(await runsOf("mourning")).toEqual([
      expect.objectContaining({
        requestContext: expect.objectContaining({
          functionArn: arnOf("sad:live"),
          condition: "RetriesExhausted",
          approximateInvokeCount: 2,
        }),
        requestPayload: { fail: "with it" },
        responseContext: { statusCode: 200, executedVersion: "1", functionError: "Unhandled" },
        responsePayload: expect.objectContaining({ errorType: "RangeError", errorMessage: "with it" }),
      }),
    ]);
  });

  it("of a function that may not run at all go to the destination of a failure at once", async () => {
    await create("blocked");
    await create("instead");
    await put("blocked", destinations(undefined, "instead"));
    await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "blocked", ReservedConcurrentExecutions: 0 });
    await send("blocked", { a: 1 });
    await until(async () => (await runsOf("instead")).length === 1);
    const [record] = await runsOf("instead");
    expect(record).toMatchObject({
      requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
      requestPayload: { a: 1 },
    });
    expect(record).not.toHaveProperty("responseContext");
    expect(await runsOf("blocked")).toEqual([]);
  });

  it("that are too old are told to the destination of a failure, or dropped, which the server's log says", async () => {
    await create("aged");
    await create("heard");
    await put("aged", { MaximumEventAgeInSeconds: 1, ...destinations(undefined, "heard") });
    await create("forgotten");
    await put("forgotten", { MaximumEventAgeInSeconds: 1 });
    for (const FunctionName of ["aged", "forgotten"])
      await world.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: 1 });
    const busy = ["aged", "forgotten"].map((FunctionName) =>
      world.call("lambda", "Invoke", { FunctionName, Payload: Buffer.from('{"sleep":4000}') }),
    );
    await until(async () => (await runsOf("aged")).length + (await runsOf("forgotten")).length === 2);
    await send("aged", { a: "waits" });
    await send("forgotten", { a: "waits" });
    await until(async () => (await runsOf("heard")).length === 1);
    const [record] = await runsOf("heard");
    expect(record).toMatchObject({
      requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 },
      requestPayload: { a: "waits" },
    });
    expect(record).not.toHaveProperty("responsePayload");
    await idle();
    expect(world.problems).toContainEqual(expect.stringMatching(/^Asynchronous event \S+ of forgotten is too old and was dropped\.$/));
    await Promise.all(busy);
    expect(await runsOf("aged")).toHaveLength(1);
  });

  it("are not told to whom the execution role may not call; the server's log says so", async () => {
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust });
    await world.call("iam", "CreateRole", { RoleName: "powerless", AssumeRolePolicyDocument });
    await create("mute", { Role: roleArn.replace("execution_role", "powerless") });
    await create("deaf");
    await put("mute", destinations("deaf"));
    await send("mute", {});
    await until(() => world.problems.some((line) => line.includes("could not be delivered") && line.includes("lambda:InvokeFunction")));
    await idle();
    expect(await runsOf("deaf")).toEqual([]);
  });
});

describe("their settings", () => {
  it("are put, updated, listed and deleted", async () => {
    await create("set", { Publish: true });
    await create("other");
    const first = await put("set", { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60, ...destinations("other") });
    expect(first).toEqual({
      FunctionArn: arnOf("set:$LATEST"),
      LastModified: expect.any(Date),
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: { Destination: arnOf("other") }, OnFailure: {} },
    });
    expect(await get("set")).toEqual(first);
    const updated = await world.call("lambda", "UpdateFunctionEventInvokeConfig", { FunctionName: "set", MaximumRetryAttempts: 0 });
    expect(updated).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60, DestinationConfig: first.DestinationConfig });
    expect(await put("set", { MaximumEventAgeInSeconds: 120 })).not.toHaveProperty("MaximumRetryAttempts");
    await put("set:1", { MaximumRetryAttempts: 2 });
    const list = (more: object = {}) => world.call("lambda", "ListFunctionEventInvokeConfigs", { FunctionName: "set", ...more });
    const arns = ({ FunctionEventInvokeConfigs = [] }: Awaited<ReturnType<typeof list>>) =>
      FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn);
    expect(arns(await list())).toEqual([arnOf("set:$LATEST"), arnOf("set:1")]);
    const { NextMarker } = await list({ MaxItems: 1 });
    expect(arns(await list({ MaxItems: 1, Marker: NextMarker }))).toEqual([arnOf("set:1")]);
    await world.call("lambda", "DeleteFunctionEventInvokeConfig", { FunctionName: "set" });
    await expect(get("set")).rejects.toThrow(`The function ${arnOf("set:$LATEST")} doesn't have an EventInvokeConfig`);
    await world.call("lambda", "DeleteFunction", { FunctionName: "set:1" });
    expect(arns(await list())).toEqual([]);
  });

  it("are refused in AWS's words", async () => {
    await create("strict");
    const refused = (call: Promise<unknown>, code: string, message: string) => expect(call).rejects.toMatchObject({ code, message });
    const invalid = "InvalidParameterValueException";
    await refused(put("strict", {}), invalid, "You must specify at least one of error handling or destination setting.");
    await refused(put("strict", destinations("nobody")), invalid, `The destination ARN ${arnOf("nobody")} is invalid.`);
    await refused(put("strict", destinations("strict")), invalid, "You can't specify the function as a destination for itself.");
    const queue = `arn:aws:sqs:us-east-1:${account}:queue`;
    const to = (Destination: string): Partial<Put> => ({ DestinationConfig: { OnSuccess: { Destination } } });
    await refused(put("strict", to(queue)), invalid, `The destination ARN ${queue} is invalid.`);
    const role = `arn:aws:iam::${account}:role/x`;
    await refused(
      put("strict", to(role)),
      invalid,
      `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${role}), onFailure=null) is invalid.`,
    );
    for (const name of ["nobody", "strict:9", "strict:ghost"])
      await refused(put(name, { MaximumRetryAttempts: 1 }), "ResourceNotFoundException", "The function doesn't exist.");
    const update = world.call("lambda", "UpdateFunctionEventInvokeConfig", { FunctionName: "strict", MaximumRetryAttempts: 1 });
    await refused(update, "ResourceNotFoundException", `The function ${arnOf("strict:$LATEST")} doesn't have an EventInvokeConfig`);
  });
});
