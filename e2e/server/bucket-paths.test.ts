import { CreateBucketCommand, DeletePublicAccessBlockCommand, PutBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { ask } from "./ask.ts";

const { server, clients } = serveTests();

test("keys of a bucket that is named by the host may begin like the server's own paths", async () => {
  const { s3 } = clients;
  const Bucket = "open";
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  const host = `${Bucket}.s3.localhost:${new URL(server.url).port}`;
  for (const key of ["console/index.html", "console", "_mayfly/health", "_mayfly/signin"]) {
    await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: `mine: ${key}`, ContentType: "text/html" }));
    const answer = await ask(`${server.url}/${key}`, { headers: { host } });
    expect([answer.status, answer.text, answer.headers["content-security-policy"]]).toEqual([200, `mine: ${key}`, "sandbox"]);
    expect((await ask(`${server.url}/${key}`)).text).not.toContain("mine");
  }
});

test("what is signed is for a bucket named console, what is not is the console's", async () => {
  const { s3 } = clients;
  await s3.send(new CreateBucketCommand({ Bucket: "console" }));
  await s3.send(new PutObjectCommand({ Bucket: "console", Key: "index.html", Body: "mine" }));
  expect((await ask(`${server.url}/console/index.html`)).headers["content-security-policy"]).toContain("script-src 'self'");
  const unknown = await ask(`${server.url}/console/index.html?X-Amz-Signature=0`);
  expect([unknown.status >= 400, unknown.headers["content-security-policy"]]).toEqual([true, "sandbox"]);
});
