import { AccessDenied, type OperationName } from "@mayfly/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";
import { operations } from "./index.ts";

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket: "bucket" });
  await s3.call("PutObject", { Bucket: "bucket", Key: "key", Body: bodyOf("x") });
});
beforeEach(() => {
  s3.asked.length = 0;
  s3.authorize = () => undefined;
});
afterAll(() => s3.close());

const call = (operation: string, input: object): Promise<unknown> => s3.call(operation as OperationName<"s3">, input);
const deny = ({ action }: { action: string }): never => {
  throw new AccessDenied(`not ${action}`);
};
/** What any operation may be asked for. */
const anyInput = {
  Bucket: "bucket",
  Key: "key",
  UploadId: "u",
  PartNumber: 1,
  CopySource: "bucket/key",
  ObjectAttributes: ["ETag"],
  Delete: { Objects: [{ Key: "key" }] },
};
/** Each key of it is permitted or not by itself. */
const asksLater = new Set(["DeleteObjects"]);

describe("who has no permission is refused, and nothing is done", () => {
  test.each(Object.keys(operations).filter((name) => !asksLater.has(name)))("%s", async (name) => {
    s3.authorize = deny;
    await expect(call(name, anyInput)).rejects.toBeInstanceOf(AccessDenied);
    const [asked] = s3.asked;
    expect(asked?.action).toMatch(/^s3:[A-Z]\w+$/);
    expect(["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key", "arn:aws:s3:::*"]).toContain(asked?.resource);
    if (asked?.resource !== "arn:aws:s3:::*" && name !== "CreateBucket") expect(asked?.resourceAccountId).toBe("123456789012");
  });

  test("DeleteObjects, for each key", async () => {
    s3.authorize = ({ resource }) => void (resource.endsWith("/key") && deny({ action: "s3:DeleteObject" }));
    const { Deleted, Errors } = await s3.call("DeleteObjects", {
      Bucket: "bucket",
      Delete: { Objects: [{ Key: "key" }, { Key: "other" }] },
    });
    expect([Deleted, Errors]).toEqual([[{ Key: "other" }], [{ Key: "key", Code: "AccessDenied", Message: "not s3:DeleteObject" }]]);
    s3.authorize = () => undefined;
    expect((await s3.call("HeadObject", { Bucket: "bucket", Key: "key" })).ContentLength).toBe(1);
  });
});

test("a version has permissions of its own", async () => {
  for (const name of ["GetObject", "HeadObject", "DeleteObject", "GetObjectTagging"] as const) {
    s3.asked.length = 0;
    await call(name, { Bucket: "bucket", Key: "other", VersionId: "null" }).catch(() => undefined);
    expect(s3.asked[0]).toMatchObject({ action: expect.stringMatching(/Version/) as string, conditionKeys: { "s3:VersionId": ["null"] } });
  }
});

test("a list is asked for with its prefix", async () => {
  await s3.call("ListObjectsV2", { Bucket: "bucket", Prefix: "home/", Delimiter: "/" });
  expect(s3.asked).toMatchObject([{ action: "s3:ListBucket", conditionKeys: { "s3:prefix": ["home/"], "s3:delimiter": ["/"] } }]);
});

test("who may not list a bucket is not told what is not in it", async () => {
  s3.authorize = (request) => void (request.action === "s3:ListBucket" && deny(request));
  await expect(s3.call("GetObject", { Bucket: "bucket", Key: "none" })).rejects.toBeInstanceOf(AccessDenied);
});

test("a copy asks for its source, too", async () => {
  s3.authorize = (request) => void (request.action === "s3:GetObject" && deny(request));
  await expect(s3.call("CopyObject", { Bucket: "bucket", Key: "copy", CopySource: "bucket/key" })).rejects.toBeInstanceOf(AccessDenied);
});

test("that there is no such bucket is told before any permission is asked for", async () => {
  await expect(s3.call("GetObject", { Bucket: "none", Key: "key" })).rejects.toMatchObject({ code: "NoSuchBucket" });
  expect(s3.asked).toEqual([]);
});
