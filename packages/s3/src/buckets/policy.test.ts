import type { PolicyDocument } from "@mayfly/kernel";
import { expect, test } from "vitest";
import { readBucketPolicy } from "./policy.ts";

const read = (Action: string | string[], Resource: string | string[]) =>
  readBucketPolicy(
    { readPolicy: (text) => JSON.parse(text) as PolicyDocument },
    "b",
    JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action, Resource }] }),
  );
const [bucket, objects] = ["arn:aws:s3:::b", "arn:aws:s3:::b/*"];

test.each([
  ["s3:GetObject", bucket],
  ["s3:ListBucket", objects],
  ["s3:PutBucketTagging", `${bucket}/folder/`],
  ["s3:AbortMultipartUpload", bucket],
  [["s3:GetObject", "s3:ListBucket"], objects],
])("%s of %s means nothing, and is refused", (action, resource) => {
  expect(() => read(action, resource)).toThrow("Action does not apply to any resource(s) in statement");
});

test.each([
  ["s3:GetObject", objects],
  ["s3:GetBucketObjectLockConfiguration", bucket],
  ["s3:GetLifecycleConfiguration", bucket],
  ["s3:*", bucket],
  ["s3:Get*", objects],
  [
    ["s3:GetObject", "s3:ListBucket"],
    [bucket, objects],
  ],
  [["s3:GetObject", "s3:ListBucket"], `${bucket}*`],
  ["s3:ListBucket", "*"],
])("%s of %s is taken", (action, resource) => {
  expect(read(action, resource)).toBeDefined();
});
