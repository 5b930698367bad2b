import { CreateBucketCommand, PutBucketCorsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { serveTests } from "@mayfly/testkit/vitest";
import { beforeAll, expect, test } from "vitest";

const { server, clients: aws } = serveTests();

const Bucket = "pages";
const page = "http://page.example";
beforeAll(async () => {
  await aws.s3.send(new CreateBucketCommand({ Bucket }));
  const CORSRules = [
    {
      AllowedMethods: ["PUT", "GET"],
      AllowedOrigins: ["http://*.example", page],
      AllowedHeaders: ["content-*"],
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 60,
    },
  ];
  await aws.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
});

const preflight = (origin: string, method: string, headers = "Content-Type"): Promise<Response> =>
  fetch(`${server.url}/${Bucket}/k`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": method, "access-control-request-headers": headers },
  });

test("a page that the bucket names may put by a presigned URL, and read the answer", async () => {
  const allowed = await preflight(page, "PUT");
  expect([allowed.status, Object.fromEntries(allowed.headers)]).toMatchObject([
    200,
    {
      "access-control-allow-origin": page,
      "access-control-allow-methods": "PUT, GET",
      "access-control-allow-headers": "content-type",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "60",
    },
  ]);
  const url = await getSignedUrl(aws.s3, new PutObjectCommand({ Bucket, Key: "k" }));
  const put = await fetch(url, { method: "PUT", body: "x", headers: { origin: page } });
  expect([put.status, put.headers.get("access-control-allow-origin")]).toEqual([200, page]);
});

test("a bucket without rules refuses all pages", async () => {
  await aws.s3.send(new CreateBucketCommand({ Bucket: "no-pages" }));
  const headers = { origin: page, "access-control-request-method": "GET" };
  const refused = await fetch(`${server.url}/no-pages/k`, { method: "OPTIONS", headers });
  expect([refused.status, await refused.text()]).toEqual([
    403,
    expect.stringContaining("CORSResponse: CORS is not enabled for this bucket."),
  ]);
});

test.each([
  ["another page", "http://evil.test", "PUT", "content-type"],
  ["another method", page, "DELETE", "content-type"],
  ["another header", page, "PUT", "x-other"],
])("%s is refused", async (_what, origin, method, headers) => {
  const refused = await preflight(origin, method, headers);
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("<Code>AccessForbidden</Code>")]);
  expect(refused.headers.get("access-control-allow-origin")).toBeNull();
});
