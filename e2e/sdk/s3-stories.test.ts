import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { PNG } from "pngjs";
import { expect, test } from "vitest";

const { server, clients: aws } = serveTests();

const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

interface Story {
  readonly name: string;
  readonly runtime: lambda.Runtime;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The bucket whose uploads run it, and those of them that do. */
  readonly from: string;
  readonly suffix: string;
  readonly to: string;
}

/** Two buckets and a function between them, whose role may read the one and write to the other. */
async function prepare({ name, runtime, files, from, suffix, to }: Story): Promise<void> {
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

/** An object, once it is there. */
const objectOf = (Bucket: string, Key: string): Promise<{ readonly content: Buffer; readonly type: string | undefined }> =>
  waitFor(
    `${Key} in ${Bucket}`,
    async () => {
      try {
        const { Body, ContentType } = await aws.s3.send(new s3.GetObjectCommand({ Bucket, Key }));
        return { content: Buffer.from((await Body?.transformToByteArray()) ?? []), type: ContentType };
      } catch (error) {
        if (error instanceof s3.NoSuchKey) return undefined;
        throw error;
      }
    },
    60_000,
  );

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
function flag(width: number, height: number): Buffer {
  const picture = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) picture.data.set(at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  return PNG.sync.write(picture);
}

test("a picture that is uploaded to a bucket is there in a small form in another", { timeout: 120_000 }, async () => {
  const files = { "index.js": thumbnails, ...packageFiles("pngjs") };
  await prepare({ name: "thumbnails", runtime: "nodejs24.x", files, from: "pictures", suffix: ".png", to: "small-pictures" });

  await aws.s3.send(new s3.PutObjectCommand({ Bucket: "pictures", Key: "of us/a flag ü.png", Body: flag(400, 200) }));
  const { url, fields } = await createPresignedPost(aws.s3, { Bucket: "pictures", Key: "${filename}" });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new File([new Uint8Array(flag(80, 40))], "posted.png"));
  expect((await fetch(url, { method: "POST", body: form })).status).toBe(204);

  for (const [key, width, height] of [
    ["of us/a flag ü.png", 100, 50],
    ["posted.png", 20, 10],
  ] as const) {
    const { content, type } = await objectOf("small-pictures", key);
    const small = PNG.sync.read(content);
    expect([type, small.width, small.height]).toEqual(["image/png", width, height]);
    const pixel = (x: number) => [...small.data.subarray(x * 4, x * 4 + 4)];
    expect([pixel(0), pixel(width - 1)]).toEqual([
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ]);
  }
});

const csvToJson = `import csv, io, json, os
from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = unquote_plus(record["s3"]["object"]["key"])
        text = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        body = json.dumps(rows, ensure_ascii=False).encode()
        s3.put_object(Bucket=os.environ["TO"], Key=key.removesuffix(".csv") + ".json", Body=body, ContentType="application/json")
`;

// pip may fetch 30 MB from PyPI.
test("a table that is uploaded to a bucket is there as JSON in another", { timeout: 400_000 }, async () => {
  const install = ["--disable-warning=ExperimentalWarning", main, "runtimes", "install", "boto3", "--data", server.dataFolder];
  await promisify(execFile)(process.execPath, install);
  const files = { "index.py": csvToJson };
  await prepare({ name: "csv-to-json", runtime: "python3.11", files, from: "tables", suffix: ".csv", to: "documents" });

  const Body = 'name,town\nJosé,"Köln, am Rhein"\n"A ""B""",Ulm\n';
  await aws.s3.send(new s3.PutObjectCommand({ Bucket: "tables", Key: "2026/of + people.csv", Body }));
  const { content, type } = await objectOf("documents", "2026/of + people.json");
  expect([type, JSON.parse(content.toString())]).toEqual([
    "application/json",
    [
      { name: "José", town: "Köln, am Rhein" },
      { name: 'A "B"', town: "Ulm" },
    ],
  ]);
  // What the filter does not name ran nothing: no other object came.
  await aws.s3.send(new s3.PutObjectCommand({ Bucket: "tables", Key: "notes.txt", Body }));
  await aws.s3.send(new s3.PutObjectCommand({ Bucket: "tables", Key: "last.csv", Body }));
  await objectOf("documents", "last.json");
  const { Contents = [] } = await aws.s3.send(new s3.ListObjectsV2Command({ Bucket: "documents" }));
  expect(Contents.map(({ Key }) => Key)).toEqual(["2026/of + people.json", "last.json"]);
});
