import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as lambda from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const mebibyte = 1024 * 1024;
const limits = {
  syncPayloadBytes: 10 * mebibyte,
  asyncPayloadBytes: 11 * mebibyte,
  zippedCodeBytes: 56 * mebibyte,
  requestsPerConcurrencyCount: 1,
  codeStorageBytes: 64 * mebibyte,
};

const folder = mkdtempSync(join(tmpdir(), "mayfly-limits-"));
const file = join(folder, "limits.json");
writeFileSync(file, JSON.stringify(limits));
const { clients } = serveTests({ arguments: ["--limits", file] });
beforeAll(async () => {
  await create(
    "echo",
    await zipOf({ "index.js": "exports.handler = async ({ size, ...event }) => size === undefined ? event : 'x'.repeat(size);" }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function create(FunctionName: string, ZipFile: Uint8Array): Promise<void> {
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Handler: "index.handler",
      Timeout: 30,
      Code: { ZipFile },
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

const invoke = (event: object, InvocationType: lambda.InvocationType = "RequestResponse") =>
  clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "echo", InvocationType, Payload: Buffer.from(JSON.stringify(event)) }));

const tooLarge = (bytes: number) =>
  ["RequestEntityTooLargeException", 413, `Request must be smaller than ${bytes} bytes for the InvokeFunction operation`] as const;

test("an event and its response may be as large as --limits says, and no larger", async () => {
  const event = { text: "x".repeat(8 * mebibyte) };
  const { Payload, FunctionError } = await invoke(event);
  expect(FunctionError).toBeUndefined();
  expect(Payload?.length).toBe(JSON.stringify(event).length);
  await expectError(invoke({ text: "x".repeat(limits.syncPayloadBytes) }), ...tooLarge(limits.syncPayloadBytes));
  await expectError(invoke({ text: "x".repeat(limits.asyncPayloadBytes) }), ...tooLarge(limits.asyncPayloadBytes));

  const refused = await invoke({ size: limits.syncPayloadBytes + 200 });
  expect(JSON.parse(Buffer.from(refused.Payload!).toString())).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limits.syncPayloadBytes + 100} bytes).`,
  });
});

test("so may an asynchronous event", async () => {
  const answer = await invoke({ text: "x".repeat(limits.syncPayloadBytes) }, "Event");
  expect(answer.StatusCode).toBe(202);
  await expectError(invoke({ text: "x".repeat(limits.asyncPayloadBytes) }, "Event"), ...tooLarge(limits.asyncPayloadBytes));
});

test("more requests a second than a function's concurrency allows are refused, with the Reason", async () => {
  await create("limited", await zipOf({ "index.js": "exports.handler = async () => 1;" }));
  await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "limited", ReservedConcurrentExecutions: 1 }));
  const untilRefused = async (): Promise<never> => {
    for (;;) await clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "limited" }));
  };
  const error = await expectError(untilRefused(), "TooManyRequestsException", 429, "Rate Exceeded.");
  expect(error).toMatchObject({ Reason: "ReservedFunctionInvocationRateLimitExceeded" });
});

test("and a package", async () => {
  const index = "exports.handler = async () => 1;";
  await create("large", await zipOf({ "index.js": index, data: randomBytes(53 * mebibyte) }));
  const { Configuration } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "large" }));
  expect(Configuration?.CodeSize).toBeGreaterThan(53 * mebibyte);
  await expectError(
    create("larger", await zipOf({ "index.js": index, data: randomBytes(57 * mebibyte) })),
    "RequestEntityTooLargeException",
    413,
    /^Request must be smaller than \d+ bytes for the CreateFunction operation$|^Zipped size must be smaller than 58720256 bytes$/,
  );
});

test("and the code of all functions together, versions included", async () => {
  const error = ["CodeStorageExceededException", 400, "Code storage limit exceeded."] as const;
  const ZipFile = await zipOf({ "index.js": "exports.handler = async () => 2;", data: randomBytes(12 * mebibyte) });
  await expectError(create("third", ZipFile), ...error);
  await expectError(clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName: "large" })), ...error);
  await expectError(clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "echo", ZipFile })), ...error);
  await expectError(clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "third" })), "ResourceNotFoundException", 404);
  await clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "large", ZipFile }));
  await create("third", ZipFile);
});

test("a function's policy is refused the statement that makes it too long", async () => {
  const allow = (StatementId: string) =>
    clients.lambda.send(
      new lambda.AddPermissionCommand({ FunctionName: "echo", StatementId, Action: "lambda:InvokeFunction", Principal: "123456789012" }),
    );
  const untilRefused = async (): Promise<never> => {
    for (let count = 0; ; count++) await allow(`${"statement-".repeat(9)}${count}`);
  };
  await expectError(
    untilRefused(),
    "PolicyLengthExceededException",
    400,
    /^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/,
  );
  const { Policy } = await clients.lambda.send(new lambda.GetPolicyCommand({ FunctionName: "echo" }));
  expect(Policy?.length).toBeLessThanOrEqual(20_480);
});
