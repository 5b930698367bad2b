import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { zipOf, type Clients } from "@mayfly/testkit";
import { PNG } from "pngjs";

const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

/** A function between two buckets. */
export interface Story {
  readonly name: string;
  readonly runtime: lambda.Runtime;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The bucket whose uploads run it, and those of them that do. */
  readonly from: string;
  readonly suffix: string;
  readonly to: string;
}

/** Two buckets and a function between them, whose role may read the one and write to the other. */
export async function prepare(aws: Clients, { name, runtime, files, from, suffix, to }: Story): Promise<void> {
  for (const Bucket of [from, to]) await aws.s3.send(new s3.CreateBucketCommand({ Bucket }));
  const trust = document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
  const { Role } = await aws.iam.send(new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  const may = (Action: string, bucket: string) => ({ Effect: "Allow", Action, Resource: `arn:aws:s3:::${bucket}/*` });
  const PolicyDocument = document(may("s3:GetObject", from), may("s3:PutObject", to), { Effect: "Allow", Action: "logs:*", Resource: "*" });
  await aws.iam.send(new iam.PutRolePolicyCommand({ RoleName: name, PolicyName: "buckets", PolicyDocument }));
  const { FunctionArn } = await aws.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName: name,
      Runtime: runtime,
      Role: Role?.Arn,
      Handler: "index.handler",
      Code: { ZipFile: await zipOf(files) },
      Environment: { Variables: { TO: to } },
      MemorySize: 512,
      Timeout: 30,
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: aws.lambda, maxWaitTime: 20, minDelay: 0.02 }, { FunctionName: name });
  const SourceArn = `arn:aws:s3:::${from}`;
  const permission = { Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com", SourceArn, SourceAccount: "123456789012" };
  await aws.lambda.send(new lambda.AddPermissionCommand({ FunctionName: name, StatementId: "bucket", ...permission }));
  const Filter = { Key: { FilterRules: [{ Name: "suffix" as const, Value: suffix }] } };
  const LambdaFunctionConfigurations = [{ LambdaFunctionArn: FunctionArn, Events: ["s3:ObjectCreated:*" as const], Filter }];
  const NotificationConfiguration = { LambdaFunctionConfigurations };
  await aws.s3.send(new s3.PutBucketNotificationConfigurationCommand({ Bucket: from, NotificationConfiguration }));
}

/** A package that a function brings along. */
function packageFiles(name: string): Record<string, Uint8Array> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const files = ["package.json", ...readdirSync(join(folder, "lib")).map((file) => `lib/${file}`)];
  return Object.fromEntries(files.map((file) => [`node_modules/${name}/${file}`, readFileSync(join(folder, file))]));
}

const thumbnails = `
const { S3Client, GetObjectCommand, PutObjectCommand } = require("@aws-sdk/client-s3");
const { PNG } = require("pngjs");
const s3 = new S3Client({});

/** Each pixel is the mean of those that it stands for. */
function shrink(picture, by) {
  const small = new PNG({ width: picture.width / by, height: picture.height / by });
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let dy = 0; dy < by; dy++) for (let dx = 0; dx < by; dx++) sum += picture.data[((y * by + dy) * picture.width + x * by + dx) * 4 + channel];
        small.data[(y * small.width + x) * 4 + channel] = Math.round(sum / by / by);
      }
  return small;
}

exports.handler = async ({ Records }) => {
  for (const { s3: { bucket, object } } of Records) {
    const Key = decodeURIComponent(object.key.replaceAll("+", " "));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    const picture = PNG.sync.read(Buffer.from(await Body.transformToByteArray()));
    const small = PNG.sync.write(shrink(picture, 4));
    await s3.send(new PutObjectCommand({ Bucket: process.env.TO, Key, Body: small, ContentType: "image/png" }));
  }
};
`;

/** Red on the left, blue on the right. */
export function flag(width: number, height: number): Buffer {
  const picture = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) picture.data.set(at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  return PNG.sync.write(picture);
}

/** The package of a function that puts a quarter of each picture's width and height into another bucket. */
export const thumbnailFiles = (): Story["files"] => ({ "index.js": thumbnails, ...packageFiles("pngjs") });
