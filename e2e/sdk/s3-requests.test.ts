import { readdirSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { join } from "node:path";
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { clientsFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { testBuckets } from "./test-buckets.ts";

const { server, clients: aws } = serveTests();

const { newBucket, textOf } = testBuckets(aws);

test("a presigned URL puts and gets, for as long as it says, and says what the answer is", async () => {
  const Bucket = await newBucket();
  const put = await getSignedUrl(aws.s3, new PutObjectCommand({ Bucket, Key: "k", ContentType: "text/html" }), { expiresIn: 60 });
  expect((await fetch(put, { method: "PUT", body: "<script>", headers: { "content-type": "text/html" } })).status).toBe(200);
  const get = await getSignedUrl(aws.s3, new GetObjectCommand({ Bucket, Key: "k", ResponseContentDisposition: "attachment" }), {
    expiresIn: 60,
  });
  const answer = await fetch(get);
  expect([answer.status, answer.headers.get("content-disposition"), await answer.text()]).toEqual([200, "attachment", "<script>"]);
  // Other people's pages do not run on the console's origin.
  expect(answer.headers.get("content-security-policy")).toBe("sandbox");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const tampered = await fetch(get.replace("/k?", "/other?"));
  expect([tampered.status, await tampered.text()]).toEqual([403, expect.stringContaining("<Code>SignatureDoesNotMatch</Code>")]);
  for (const [url, headers, code] of [
    [get.replace("X-Amz-Expires=60", "X-Amz-Expires=604801"), {}, "AuthorizationQueryParametersError"],
    [get.replace(/&X-Amz-Signature=\w+/, ""), {}, "AuthorizationQueryParametersError"],
    [get, { authorization: "Bearer token" }, "InvalidArgument"],
  ] as const) {
    const refused = await fetch(url, { headers });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
  }
  const old = await getSignedUrl(aws.s3, new GetObjectCommand({ Bucket, Key: "k" }), {
    expiresIn: 60,
    signingDate: new Date(Date.now() - 3_600_000),
  });
  expect(await (await fetch(old)).text()).toContain("<Message>Request has expired</Message>");
});

test("a file's name comes as ISO-8859-1 holds it, and is refused if it does not", async () => {
  const Bucket = await newBucket();
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
  const named = async (name: string) => {
    const ResponseContentDisposition = `attachment; filename="${name}"`;
    return fetch(await getSignedUrl(aws.s3, new GetObjectCommand({ Bucket, Key: "k", ResponseContentDisposition })));
  };
  expect((await named("ü.txt")).headers.get("content-disposition")).toBe('attachment; filename="ü.txt"');
  const refused = await named("日本.txt");
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("cannot be represented using ISO-8859-1.")]);
});

test("nobody reads what no policy shows to everybody", async () => {
  const Bucket = await newBucket();
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "shown" }));
  const url = `${server.url}/${Bucket}/k`;
  expect([(await fetch(url)).status, await (await fetch(url)).text()]).toEqual([
    403,
    expect.stringContaining("<Message>Access Denied</Message>"),
  ]);
  const Statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await expectError(aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy })), "AccessDenied", 403, /BlockPublicPolicy/);
  const restrict = (RestrictPublicBuckets: boolean) =>
    aws.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets } }));
  await restrict(true);
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await fetch(url)).status).toBe(403);
  await restrict(false);
  expect(await (await fetch(url)).text()).toBe("shown");
  expect((await fetch(`${server.url}/${Bucket}`)).status).toBe(403);
  expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
});

test("the host may name the bucket", async () => {
  const Bucket = await newBucket();
  const { port } = new URL(server.url);
  const client = new S3Client({
    endpoint: `http://s3.us-east-1.localhost:${port}`,
    region: "us-east-1",
    credentials: { ...server.credentials },
    maxAttempts: 1,
    // Not every system resolves names below localhost.
    requestHandler: {
      httpAgent: new Agent({ lookup: (_name, _options, answer) => answer(null, [{ address: "127.0.0.1", family: 4 }]) }),
    },
  });
  await client.send(new PutObjectCommand({ Bucket, Key: "a/b", Body: "x" }));
  expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(["a/b"]);
  client.destroy();
  expect(await textOf(Bucket, "a/b")).toBe("x");
});

test("who waits for 100 Continue is refused before the body is sent", async () => {
  const Bucket = await newBucket();
  const { port } = new URL(server.url);
  const answer = await new Promise<{ status: number | undefined; continued: boolean }>((resolve, reject) => {
    let continued = false;
    const request = httpRequest({
      port,
      host: "127.0.0.1",
      method: "PUT",
      path: `/${Bucket}/k`,
      headers: { expect: "100-continue", "content-length": "100000" },
    });
    request.on("continue", () => (continued = true));
    request.on("response", (response) => {
      resolve({ status: response.statusCode, continued });
      request.destroy();
    });
    request.on("error", reject);
    request.flushHeaders();
  });
  expect(answer).toEqual({ status: 403, continued: false });
});

test("a document that is too long is refused in S3's words", async () => {
  const Bucket = await newBucket();
  await expectError(
    aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: " ".repeat(2_097_153) })),
    "MaxMessageLengthExceeded",
    400,
    "Your request was too large.",
  );
});

test.each([100_000, 3_000_000])("a body of %i bytes that is not the one that was signed becomes no object", async (size) => {
  const Bucket = await newBucket();
  const { s3, destroy } = clientsFor(server);
  const changed = Buffer.alloc(size, "x");
  changed[size - 1] = 0;
  // Behind the one that signs.
  s3.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: unknown; headers: Record<string, string> };
      expect(request.headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
      return next({ ...args, request: Object.assign(request, { body: changed }) });
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await expectError(
    s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: Buffer.alloc(size, "x") })),
    "XAmzContentSHA256Mismatch",
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
  destroy();
  expect((await aws.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  const kept = readdirSync(join(server.dataFolder, "objects"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(kept).toEqual([]);
});
