import * as s3 from "@aws-sdk/client-s3";
import * as iam from "@aws-sdk/client-iam";
import { clientsFor, type Clients } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

const { server, clients: root } = serveTests();
const Bucket = "of-teams";
const objects = `arn:aws:s3:::${Bucket}/*`;
const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

let user: Clients;
beforeAll(async () => {
  await root.s3.send(new s3.CreateBucketCommand({ Bucket }));
  await root.iam.send(new iam.CreateUserCommand({ UserName: "reader" }));
  const { AccessKey } = await root.iam.send(new iam.CreateAccessKeyCommand({ UserName: "reader" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  user = clientsFor({ url: server.url, credentials });
  for (const team of ["a", "b"])
    await root.s3.send(new s3.PutObjectCommand({ Bucket, Key: team, Body: team, Tagging: `team=${team}&kept=${team}` }));
});
afterAll(() => user.destroy());

const may = (...statements: readonly object[]) =>
  root.iam.send(new iam.PutUserPolicyCommand({ UserName: "reader", PolicyName: "p", PolicyDocument: document(...statements) }));
const denied = (call: Promise<unknown>) => expectError(call, "AccessDenied", 403);

test("an object's tags say who may read it, tell its tags, and change them", async () => {
  const Condition = { StringEquals: { "s3:ExistingObjectTag/team": "a" } };
  await may({ Effect: "Allow", Action: ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObjectTagging"], Resource: objects, Condition });
  const get = (Key: string) => user.s3.send(new s3.GetObjectCommand({ Bucket, Key }));
  expect(await (await get("a")).Body?.transformToString()).toBe("a");
  await denied(get("b"));
  expect((await user.s3.send(new s3.GetObjectTaggingCommand({ Bucket, Key: "a" }))).TagSet).toHaveLength(2);
  await denied(user.s3.send(new s3.GetObjectTaggingCommand({ Bucket, Key: "b" })));
  await user.s3.send(new s3.GetObjectAttributesCommand({ Bucket, Key: "a", ObjectAttributes: ["ETag"] }));
  await denied(user.s3.send(new s3.GetObjectAttributesCommand({ Bucket, Key: "b", ObjectAttributes: ["ETag"] })));
  // What writes objects has no such key: the condition is never met.
  await denied(user.s3.send(new s3.PutObjectCommand({ Bucket, Key: "a", Body: "x" })));
  await user.s3.send(new s3.DeleteObjectTaggingCommand({ Bucket, Key: "a" }));
  await denied(get("a"));
});

test("a copy's source is held to it, and a bucket's policy may deny by it", async () => {
  const all = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  await may(all);
  const Condition = { StringEquals: { "s3:ExistingObjectTag/kept": "b" } };
  const Policy = document({ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: objects, Condition });
  await root.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
  await denied(user.s3.send(new s3.GetObjectCommand({ Bucket, Key: "b" })));
  await denied(user.s3.send(new s3.CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/b` })));
  const { CopyObjectResult } = await user.s3.send(new s3.CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/a` }));
  expect(CopyObjectResult?.ETag).toBeDefined();
  await root.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket }));
});

test("a policy may demand that nobody replaces an object, and that a bucket is one's own account's", async () => {
  const once = { Null: { "s3:if-none-match": "false" }, StringEquals: { "s3:ResourceAccount": "123456789012" } };
  await may({ Effect: "Allow", Action: "s3:PutObject", Resource: objects, Condition: once });
  await denied(user.s3.send(new s3.PutObjectCommand({ Bucket, Key: "once", Body: "x" })));
  const first = { Bucket, Key: "once", Body: "x", IfNoneMatch: "*" };
  await user.s3.send(new s3.PutObjectCommand(first));
  await expectError(user.s3.send(new s3.PutObjectCommand(first)), "PreconditionFailed", 412);
  await may({ Effect: "Allow", Action: "s3:PutObject", Resource: objects, Condition: { StringEquals: { "s3:ResourceAccount": "1" } } });
  await denied(user.s3.send(new s3.PutObjectCommand({ ...first, Key: "other" })));
});
