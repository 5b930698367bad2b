import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { beforeAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { queueFunctions } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
const Bucket = "ended-events";
const arn = `arn:aws:s3:::${Bucket}`;

beforeAll(async () => {
  await clients.s3.send(new s3.CreateBucketCommand({ Bucket }));
  const Statement = { Effect: "Allow", Action: ["s3:PutObject", "s3:ListBucket"], Resource: [arn, `${arn}/*`] };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "buckets", PolicyDocument }));
});

const configure = (FunctionName: string, DestinationConfig: lambda.DestinationConfig) =>
  clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }));

test("a bucket takes the records of events that failed", async () => {
  await $.createFunction("fails", `exports.handler = async () => { throw new Error("no good"); };`);
  await configure("fails", { OnFailure: { Destination: arn } });
  const invoke = new lambda.InvokeCommand({ FunctionName: "fails", InvocationType: "Event", Payload: '{"b":2}' });
  const { $metadata } = await clients.lambda.send(invoke);
  const Key = await waitFor("the record", async () => {
    const { Contents = [] } = await clients.s3.send(new s3.ListObjectsV2Command({ Bucket }));
    return Contents[0]?.Key;
  });
  expect(Key).toMatch(/^aws\/lambda\/async\/fails\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[\da-f-]{36}$/);
  const { Body, ContentType } = await clients.s3.send(new s3.GetObjectCommand({ Bucket, Key }));
  expect(ContentType).toBe("application/json");
  expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({
    version: "1.0",
    requestContext: { requestId: $metadata.requestId, condition: "RetriesExhausted" },
    requestPayload: { b: 2 },
    responsePayload: { errorMessage: "no good" },
  });
});

test("a bucket that is not there, one that the role may not write to, and one for what succeeds are refused", async () => {
  const invalid = (destination: string) =>
    ["InvalidParameterValueException", 400, `The destination ARN ${destination} is invalid.`] as const;
  await expectError(configure("fails", { OnFailure: { Destination: `${arn}-missing` } }), ...invalid(`${arn}-missing`));
  await expectError(configure("fails", { OnSuccess: { Destination: arn } }), ...invalid(arn));
  const Statement = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName: "poor", AssumeRolePolicyDocument }));
  await $.createFunction("poor", "exports.handler = async () => 1;", { Role: Role?.Arn });
  await expectError(
    configure("poor", { OnFailure: { Destination: arn } }),
    "InvalidParameterValueException",
    400,
    `The function's execution role does not have permissions to call PutObject on ${arn}`,
  );
});
