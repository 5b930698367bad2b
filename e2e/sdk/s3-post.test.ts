import { createHash, createHmac } from "node:crypto";
import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import * as sqs from "@aws-sdk/client-sqs";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { clientsFor, waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { beforeAll, describe, expect, test } from "vitest";

const { server, clients: aws } = serveTests();
const Bucket = "posted";
beforeAll(async () => {
  await aws.s3.send(new s3.CreateBucketCommand({ Bucket }));
});

type Fields = Readonly<Record<string, string>>;

interface Form {
  readonly url: string;
  readonly fields: Fields;
}

/** What a page gets from its server: where to post, and the fields that let it. */
const presigned = (Key: string, more: Partial<PresignedPostOptions> = {}): Promise<Form> =>
  createPresignedPost(aws.s3, { Bucket, Key, ...more });

/** What a browser does with it. */
function post({ url, fields }: Form, file: Blob | string = "content", headers: Fields = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return fetch(url, { method: "POST", body: form, headers, redirect: "manual" });
}

async function refusal(response: Response): Promise<readonly [number, string | undefined, string | undefined]> {
  const text = await response.text();
  const element = (name: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return [response.status, element("Code"), element("Message")];
}

const textOf = async (Key: string): Promise<string> =>
  (await (await aws.s3.send(new s3.GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? "";
const md5 = (content: string): string => `"${createHash("md5").update(content).digest("hex")}"`;
const encoded = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString("base64");
const expiration = new Date(Date.now() + 600_000).toISOString();

test("a page posts a file with a form that a server signed", async () => {
  const Fields = {
    "Content-Type": "text/x-test",
    "Cache-Control": "no-store",
    "x-amz-meta-of": "ü",
    "x-amz-meta-no header's name": "x",
    "x-amz-storage-class": "STANDARD_IA",
    tagging: "<Tagging><TagSet><Tag><Key>a</Key><Value>1 + 2 = 3</Value></Tag></TagSet></Tagging>",
    "x-amz-checksum-algorithm": "SHA256",
  };
  const answer = await post(await presigned("with all", { Fields }));
  expect([answer.status, await answer.text(), answer.headers.get("etag"), answer.headers.get("location")]).toEqual([
    204,
    "",
    md5("content"),
    `${server.url}/${Bucket}/with%20all`,
  ]);
  expect(await textOf("with all")).toBe("content");
  expect(await aws.s3.send(new s3.HeadObjectCommand({ Bucket, Key: "with all", ChecksumMode: "ENABLED" }))).toMatchObject({
    ContentType: "text/x-test",
    CacheControl: "no-store",
    StorageClass: "STANDARD_IA",
    MissingMeta: 1,
    ChecksumSHA256: createHash("sha256").update("content").digest("base64"),
  });
  expect((await aws.s3.send(new s3.GetObjectTaggingCommand({ Bucket, Key: "with all" }))).TagSet).toEqual([
    { Key: "a", Value: "1 + 2 = 3" },
  ]);
});

test("a key ends in the file's name", async () => {
  const form = await presigned("in/${filename}");
  expect((await post(form, new File(["named"], "a b.txt"))).status).toBe(204);
  expect(await textOf("in/a b.txt")).toBe("named");
});

describe("what is answered", () => {
  const result = `bucket=${Bucket}&key=k%2F1&etag=${encodeURIComponent(md5("content"))}`;
  test.each<[Fields, number, string | undefined]>([
    [{ success_action_status: "200" }, 200, undefined],
    [{ success_action_status: "404" }, 204, undefined],
    [{ success_action_redirect: "https://page.example/done" }, 303, `https://page.example/done?${result}`],
    [{ success_action_redirect: "https://page.example/?a=b", success_action_status: "201" }, 303, `https://page.example/?a=b&${result}`],
    [{ redirect: "javascript:alert(1)" }, 204, undefined],
  ])("%j", async (Fields, status, location = `${server.url}/${Bucket}/k%2F1`) => {
    const answer = await post(await presigned("k/1", { Fields }));
    expect([answer.status, answer.headers.get("location"), await answer.text()]).toEqual([status, location, ""]);
  });

  test("201 with a document", async () => {
    const answer = await post(await presigned("k&1", { Fields: { success_action_status: "201" } }));
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      201,
      "application/xml",
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${server.url}/${Bucket}/k%261</Location><Bucket>${Bucket}</Bucket><Key>k&amp;1</Key><ETag>${md5("content").replaceAll('"', "&quot;")}</ETag></PostResponse>`,
    ]);
  });
});

describe("what a policy does not allow", () => {
  test.each<[string, Partial<PresignedPostOptions>, Fields, string]>([
    ["another key", {}, { key: "other" }, `Policy Condition failed: ["eq", "$key", "refused"]`],
    ["another field", {}, { "Content-Type": "text/html" }, "Extra input fields: content-type"],
    [
      "another type",
      { Conditions: [["starts-with", "$Content-Type", "image/"]] },
      { "Content-Type": "text/html" },
      `Policy Condition failed: ["starts-with", "$Content-Type", "image/"]`,
    ],
    ["a late post", { Expires: -1 }, {}, "Policy expired."],
  ])("%s", async (_what, options, fields, message) => {
    const form = await presigned("refused", options);
    const answer = await post({ ...form, fields: { ...form.fields, ...fields } });
    expect(await refusal(answer)).toEqual([403, "AccessDenied", `Invalid according to Policy: ${message}`]);
  });

  test.each([
    ["too small", "1234", "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"],
    ["too large", "12345678901", "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"],
  ])("a file that is %s", async (_what, file, code, message) => {
    const form = await presigned("refused", { Conditions: [["content-length-range", 5, 10]] });
    expect(await refusal(await post(form, file))).toEqual([400, code, message]);
    expect((await post({ ...form }, "12345")).status).toBe(204);
    await aws.s3.send(new s3.DeleteObjectCommand({ Bucket, Key: "refused" }));
  });

  test("a file whose checksum is another", async () => {
    const Fields = { "x-amz-checksum-sha256": createHash("sha256").update("other").digest("base64") };
    expect(await refusal(await post(await presigned("refused", { Fields })))).toEqual([
      400,
      "BadDigest",
      "The SHA256 you specified did not match the calculated checksum.",
    ]);
  });

  test("nothing of all that was kept", async () => {
    const { Contents = [] } = await aws.s3.send(new s3.ListObjectsV2Command({ Bucket, Prefix: "refused" }));
    expect(Contents).toEqual([]);
  });
});

describe("who may post", () => {
  test("not who changes what was signed, or signs with another's key", async () => {
    const form = await presigned("k");
    const changed = encoded({ expiration, conditions: [] });
    expect((await refusal(await post({ ...form, fields: { ...form.fields, Policy: changed } }))).slice(0, 2)).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
    const credential = (form.fields["X-Amz-Credential"] ?? "").replace(/^[^/]+/, "AKIAUNKNOWN");
    const unknown = await post({ ...form, fields: { ...form.fields, "X-Amz-Credential": credential } });
    expect((await refusal(unknown)).slice(0, 2)).toEqual([403, "InvalidAccessKeyId"]);
  });

  test.each(["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "Policy", "key"])("not without %s", async (name) => {
    const form = await presigned("k");
    const { [name]: _gone, ...fields } = form.fields;
    expect(await refusal(await post({ ...form, fields }))).toEqual([
      400,
      "InvalidArgument",
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    ]);
  });

  test("who signed in the older way", async () => {
    const { accessKeyId: AWSAccessKeyId, secretAccessKey } = server.credentials;
    const policy = encoded({ expiration, conditions: [{ bucket: Bucket }, ["starts-with", "$key", "old/"]] });
    const signature = createHmac("sha1", secretAccessKey).update(policy).digest("base64");
    const fields = { key: "old/1", AWSAccessKeyId, policy, signature };
    const url = `${server.url}/${Bucket}`;
    expect((await post({ url, fields })).status).toBe(204);
    expect((await refusal(await post({ url, fields: { ...fields, signature: "c2ln" } }))).slice(0, 2)).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
  });

  test("a role's session, as far as the role may", async () => {
    const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" };
    const document = (Statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement });
    await aws.iam.send(new iam.CreateRoleCommand({ RoleName: "poster", AssumeRolePolicyDocument: document(trust) }));
    const may = { Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/role/*` };
    await aws.iam.send(new iam.PutRolePolicyCommand({ RoleName: "poster", PolicyName: "p", PolicyDocument: document(may) }));
    const RoleArn = "arn:aws:iam::123456789012:role/poster";
    // The root user may assume no role.
    await aws.iam.send(new iam.CreateUserCommand({ UserName: "page-server" }));
    const assume = document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: RoleArn });
    await aws.iam.send(new iam.PutUserPolicyCommand({ UserName: "page-server", PolicyName: "p", PolicyDocument: assume }));
    const { AccessKey } = await aws.iam.send(new iam.CreateAccessKeyCommand({ UserName: "page-server" }));
    const own = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const user = clientsFor({ url: server.url, credentials: own });
    const { Credentials } = await user.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "page" })).finally(user.destroy);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const session = clientsFor({ url: server.url, credentials });
    try {
      expect((await post(await createPresignedPost(session.s3, { Bucket, Key: "role/1" }))).status).toBe(204);
      const [status, code, message] = await refusal(await post(await createPresignedPost(session.s3, { Bucket, Key: "elsewhere" })));
      expect([status, code]).toEqual([403, "AccessDenied"]);
      expect(message).toContain("is not authorized to perform: s3:PutObject");
      // Tags are another permission.
      const tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
      const tagged = await post(await createPresignedPost(session.s3, { Bucket, Key: "role/2", Fields: { tagging } }));
      expect((await refusal(tagged))[2]).toContain("s3:PutObjectTagging");
    } finally {
      session.destroy();
    }
  });

  test("anybody, where the bucket lets them", async () => {
    const form = { url: `${server.url}/open-to-posts`, fields: { key: "from nobody", "Content-Type": "text/plain" } };
    await aws.s3.send(new s3.CreateBucketCommand({ Bucket: "open-to-posts" }));
    expect(await refusal(await post(form))).toEqual([403, "AccessDenied", "Access Denied"]);
    await aws.s3.send(new s3.DeletePublicAccessBlockCommand({ Bucket: "open-to-posts" }));
    const Statement = { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::open-to-posts/from*" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await aws.s3.send(new s3.PutBucketPolicyCommand({ Bucket: "open-to-posts", Policy }));
    expect((await post(form)).status).toBe(204);
    expect((await post({ ...form, fields: { key: "other" } })).status).toBe(403);
    // A policy that nobody signed lets nobody.
    const policy = encoded({ expiration, conditions: [] });
    expect((await post({ ...form, fields: { ...form.fields, policy } })).status).toBe(403);
  });
});

test("a large file arrives whole", async () => {
  const content = Buffer.alloc(20_000_000, "0123456789abcdef\r\n--");
  expect((await post(await presigned("large"), new Blob([content]))).status).toBe(204);
  const { ContentLength, ETag } = await aws.s3.send(new s3.HeadObjectCommand({ Bucket, Key: "large" }));
  expect([ContentLength, ETag]).toEqual([content.length, `"${createHash("md5").update(content).digest("hex")}"`]);
});

test.each([
  ["no bucket", "/nowhere", 404, "NoSuchBucket"],
  ["a form that is none", `/${Bucket}`, 412, "PreconditionFailed"],
])("a post to %s", async (_what, path, status, code) => {
  const answer = await fetch(`${server.url}${path}`, { method: "POST", body: new URLSearchParams({ key: "k" }) });
  expect((await refusal(answer)).slice(0, 2)).toEqual([status, code]);
});

test("a page of another origin posts where the bucket's CORS lets it", async () => {
  const form = await presigned("cors");
  const origin = "http://page.example";
  expect((await post(form, "x", { origin })).headers.get("access-control-allow-origin")).toBeNull();
  const CORSRules = [{ AllowedMethods: ["POST"], AllowedOrigins: [origin] }];
  await aws.s3.send(new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  expect((await post(form, "x", { origin })).headers.get("access-control-allow-origin")).toBe(origin);
  // So that it can read what was wrong, too.
  expect((await post({ ...form, fields: { key: "k" } }, "x", { origin })).headers.get("access-control-allow-origin")).toBe(origin);
});

test("who asked for posts is told of them", async () => {
  const { QueueUrl } = await aws.sqs.send(new sqs.CreateQueueCommand({ QueueName: "posts" }));
  const QueueArn = "arn:aws:sqs:us-east-1:123456789012:posts";
  const Statement = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QueueArn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await aws.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const NotificationConfiguration = { QueueConfigurations: [{ QueueArn, Events: ["s3:ObjectCreated:Post" as const] }] };
  await aws.s3.send(new s3.PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  await aws.s3.send(new s3.PutObjectCommand({ Bucket, Key: "put" }));
  await post(await presigned("told of"));
  const event = await waitFor("the event", async () => {
    const receive = new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 1 });
    const { Messages: [message] = [] } = await aws.sqs.send(receive);
    if (message === undefined) return false;
    await aws.sqs.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return message.Body?.includes("Records") && (JSON.parse(message.Body) as { Records: unknown[] });
  });
  expect(event.Records).toMatchObject([{ eventName: "ObjectCreated:Post", s3: { object: { key: "told+of", size: 7 } } }]);
});

describe("with --auth open", () => {
  const open = serveTests({ arguments: ["--auth", "open"] });
  test("a form needs no signature, and one of another site's page a true one", async () => {
    await open.clients.s3.send(new s3.CreateBucketCommand({ Bucket }));
    const form = { url: `${open.server.url}/${Bucket}`, fields: { key: "k" } };
    expect((await post(form)).status).toBe(204);
    const foreign = { origin: "http://page.example" };
    expect((await post(form, "x", foreign)).status).toBe(403);
    expect((await post(await createPresignedPost(open.clients.s3, { Bucket, Key: "k" }), "x", foreign)).status).toBe(204);
  });
});
