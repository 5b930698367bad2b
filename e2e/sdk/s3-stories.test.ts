import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as s3 from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { flag, prepare, thumbnailFiles } from "../bucket-stories.ts";

const { server, clients: aws } = serveTests();

const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
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

test("a picture that is uploaded to a bucket is there in a small form in another", { timeout: 120_000 }, async () => {
  await prepare(aws, {
    name: "thumbnails",
    runtime: "nodejs24.x",
    files: thumbnailFiles(),
    from: "pictures",
    suffix: ".png",
    to: "small-pictures",
  });

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
  await prepare(aws, { name: "csv-to-json", runtime: "python3.11", files, from: "tables", suffix: ".csv", to: "documents" });

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
