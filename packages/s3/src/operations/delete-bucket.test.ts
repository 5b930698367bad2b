import { expect, test } from "vitest";
import { startTestS3 } from "../testing/test-s3.ts";

test("a bucket that is deleted while a setting of it changes is gone", async () => {
  const s3 = await startTestS3();
  try {
    const Bucket = "bucket";
    await s3.call("CreateBucket", { Bucket });
    const [deleted] = await Promise.allSettled([
      s3.call("DeleteBucket", { Bucket }),
      s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    ]);
    expect(deleted.status).toBe("fulfilled");
    await expect(s3.call("HeadBucket", { Bucket })).rejects.toMatchObject({ code: "NoSuchBucket" });
  } finally {
    await s3.close();
  }
});
