import type { FunctionTarget } from "@mayfly/engine";
import type { OutputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultLimits } from "./limits.ts";
import { account, region, roleArn, startTestLambda, type TestLambda } from "./testing/test-lambda.ts";
import type { LambdaTarget } from "./invoke/invoke-target.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const target = (functionName: string, role = roleArn): FunctionTarget => {
  const made: LambdaTarget = {
    id: functionName,
    functionName,
    functionVersion: "$LATEST",
    accountId: account,
    region,
    runtime: "nodejs24.x",
    handler: "index.handler",
    codeFolder: "/",
    memorySizeMb: 128,
    timeoutMs: 3000,
    ephemeralStorageMb: 512,
    environment: {},
    logGroupName: `/aws/lambda/${functionName}`,
    logFormat: "Text",
    applicationLogLevel: "INFO",
    systemLogLevel: "INFO",
    architecture: "x86_64",
    roleArn: role,
    codeSha256: "",
  };
  return made;
};
const lines = (...messages: string[]) => messages.map((message) => ({ message, timestampMs: Date.now() }));

async function events(functionName: string): Promise<OutputOf<"logs", "GetLogEvents">["events"]> {
  try {
    const input = { logGroupName: `/aws/lambda/${functionName}`, logStreamName: "stream", startFromHead: true };
    return (await world.call("logs", "GetLogEvents", input)).events;
  } catch {
    return undefined;
  }
}

async function makeRole(name: string, actions: readonly string[]): Promise<string> {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  await world.call("iam", "CreateRole", { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  if (actions.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
    await world.call("iam", "PutRolePolicy", { RoleName: name, PolicyName: "p", PolicyDocument });
  }
  return `arn:aws:iam::${account}:role/${name}`;
}

describe("log delivery", () => {
  it("writes lines in order to a group and stream that it makes", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => world.lambda.deliverLogs(target("writes"), "stream", lines(`line ${i}`))));
    expect((await events("writes"))?.map(({ message }) => message)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i}`));
  });

  it("goes on after somebody deleted the group", async () => {
    await world.lambda.deliverLogs(target("deleted"), "stream", lines("before"));
    expect(await events("deleted")).toHaveLength(1);
    await world.call("logs", "DeleteLogGroup", { logGroupName: "/aws/lambda/deleted" });
    await world.lambda.deliverLogs(target("deleted"), "stream", lines("after"));
    expect((await events("deleted"))?.[0]?.message).toBe("after");
  });

  it("cuts lines that are too long", async () => {
    await world.lambda.deliverLogs(target("long"), "stream", lines("é".repeat(defaultLimits.logEventBytes)));
    expect(Buffer.byteLength((await events("long"))?.[0]?.message ?? "")).toBe(defaultLimits.logEventBytes);
  });

  it("writes nothing, and makes no noise, for a role that may not", async () => {
    const denied = await makeRole("denied", []);
    const noPut = await makeRole("no-put", ["logs:CreateLogGroup", "logs:CreateLogStream"]);
    await world.lambda.deliverLogs(target("denied", denied), "stream", lines("x"));
    await world.lambda.deliverLogs(target("no-put", noPut), "stream", lines("x"));
    const { logGroups } = await world.call("logs", "DescribeLogGroups", { logGroupNamePrefix: "/aws/lambda/denied" });
    expect(logGroups).toEqual([]);
    expect(await events("no-put")).toEqual([]);
    expect(world.problems).toEqual([]);
  });

  it("needs no permission to make what is there", async () => {
    const putOnly = await makeRole("put-only", ["logs:PutLogEvents"]);
    await world.call("logs", "CreateLogGroup", { logGroupName: "/aws/lambda/put-only" });
    await world.call("logs", "CreateLogStream", { logGroupName: "/aws/lambda/put-only", logStreamName: "stream" });
    await world.lambda.deliverLogs(target("put-only", putOnly), "stream", lines("x"));
    expect((await events("put-only"))?.[0]?.message).toBe("x");
  });
});

it("gets credentials of the execution role for an environment", async () => {
  const credentials = await world.lambda.executionRoleCredentials(target("any"));
  expect(credentials.accessKeyId).toMatch(/^ASIA/);
  expect(credentials.sessionToken).not.toBe("");
  expect(credentials.expiresAtMs - Date.now()).toBeGreaterThan(3_500_000);
  await expect(world.lambda.executionRoleCredentials(target("any", `arn:aws:iam::${account}:role/gone`))).rejects.toBeDefined();
});
