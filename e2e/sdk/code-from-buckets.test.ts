import { randomBytes } from "node:crypto";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { beforeAll, expect, test } from "vitest";
import { clientsFor, zipOf, type Clients } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { role, sampleFunctions } from "./sample-functions.ts";

const { clients, server } = serveTests();
const $ = sampleFunctions(clients);
const Bucket = "packages";

const answering = (text: string) => zipOf({ "index.js": `exports.handler = async () => ${JSON.stringify(text)};` });
const put = (Key: string, Body: Uint8Array, bucket = Bucket) => clients.s3.send(new s3.PutObjectCommand({ Bucket: bucket, Key, Body }));
const create = (FunctionName: string, Code: lambda.FunctionCode, by: Clients = clients) =>
  by.lambda.send(new lambda.CreateFunctionCommand({ FunctionName, Runtime: "nodejs24.x", Role: role, Handler: "index.handler", Code }));
const answer = async (FunctionName: string): Promise<unknown> => JSON.parse((await $.invoke(FunctionName, {})).text);

beforeAll(async () => {
  await clients.s3.send(new s3.CreateBucketCommand({ Bucket }));
});

test("a function's code is an object of a bucket, or a version of it", async () => {
  await clients.s3.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const S3Key = "of a team/first+1.zip";
  const first = await put(S3Key, await answering("first"));
  const zip = await answering("second");
  await put(S3Key, zip);
  const created = await create("packaged", { S3Bucket: Bucket, S3Key });
  expect(created.CodeSize).toBe(zip.length);
  await $.active("packaged");
  expect(await answer("packaged")).toBe("second");
  const older = { FunctionName: "packaged", S3Bucket: Bucket, S3Key, S3ObjectVersion: first.VersionId };
  await clients.lambda.send(new lambda.UpdateFunctionCodeCommand(older));
  await $.active("packaged");
  expect(await answer("packaged")).toBe("first");
});

test("a package that is too large for a request comes from a bucket", async () => {
  const index = `exports.handler = async () => require("node:fs").statSync("data").size;`;
  const zip = await zipOf({ "index.js": index, data: randomBytes(51 * 1024 * 1024) });
  await put("large.zip", zip);
  await create("large", { S3Bucket: Bucket, S3Key: "large.zip" });
  await $.active("large");
  expect(await answer("large")).toBe(51 * 1024 * 1024);
});

test("a layer's content is an object of a bucket", async () => {
  await put("layer.zip", await zipOf({ "nodejs/node_modules/told/index.js": "module.exports = 'by the layer';" }));
  const { LayerVersionArn = "" } = await clients.lambda.send(
    new lambda.PublishLayerVersionCommand({ LayerName: "told", Content: { S3Bucket: Bucket, S3Key: "layer.zip" } }),
  );
  await put("user.zip", await zipOf({ "index.js": "exports.handler = async () => require('told');" }));
  await create("layered", { S3Bucket: Bucket, S3Key: "user.zip" });
  await $.active("layered");
  await clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: "layered", Layers: [LayerVersionArn] }));
  await $.active("layered");
  expect(await answer("layered")).toBe("by the layer");
});

test("what can't be had is refused in S3's words", async () => {
  const failed = (code: string, text: string) =>
    ["InvalidParameterValueException", 400, `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${text}`] as const;
  await expectError(
    create("none", { S3Bucket: "no-such-bucket", S3Key: "k" }),
    ...failed("NoSuchBucket", "The specified bucket does not exist"),
  );
  await expectError(create("none", { S3Bucket: Bucket, S3Key: "k" }), ...failed("NoSuchKey", "The specified key does not exist."));
  await put("text.zip", Buffer.from("no zip"));
  await expectError(
    create("none", { S3Bucket: Bucket, S3Key: "text.zip" }),
    "InvalidParameterValueException",
    400,
    "Could not unzip uploaded file. Please check your file, then try to upload again.",
  );
  await expectError(
    create("none", { ZipFile: Buffer.from("x"), S3Bucket: Bucket, S3Key: "k" }),
    "InvalidParameterValueException",
    400,
    "Please do not provide other FunctionCode parameters when providing a ZipFile.",
  );
  await expectError(clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "none" })), "ResourceNotFoundException", 404);
});

test("it is read as who makes the function, and by nobody else", async () => {
  await put("readable.zip", await answering("mine"));
  await clients.iam.send(new iam.CreateUserCommand({ UserName: "maker" }));
  const allow = (PolicyName: string, Action: string, Resource: string) =>
    clients.iam.send(
      new iam.PutUserPolicyCommand({
        UserName: "maker",
        PolicyName,
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource } }),
      }),
    );
  await allow("lambda", "lambda:*", "*");
  await allow("role", "iam:PassRole", role);
  const { AccessKey } = await clients.iam.send(new iam.CreateAccessKeyCommand({ UserName: "maker" }));
  const maker = clientsFor({
    url: server.url,
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
  const Code = { S3Bucket: Bucket, S3Key: "readable.zip" };
  const error = await expectError(
    create("made", Code, maker),
    "AccessDeniedException",
    403,
    /^Your access has been denied by S3, please make sure your request credentials have permission to GetObject for packages\/readable\.zip\. S3 Error Code: AccessDenied\. S3 Error Message: /,
  );
  expect(error.message).not.toContain(AccessKey?.SecretAccessKey);
  await allow("bucket", "s3:GetObject", `arn:aws:s3:::${Bucket}/readable.zip`);
  await create("made", Code, maker);
  await $.active("made");
  expect(await answer("made")).toBe("mine");
  maker.destroy();
});
