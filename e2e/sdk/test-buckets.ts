import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import type { Clients } from "@mayfly/testkit";

/** Buckets of a test's own, and what is in them. */
export function testBuckets(clients: Clients) {
  let count = 0;
  return {
    async newBucket(): Promise<string> {
      const Bucket = `bucket-${++count}`;
      await clients.s3.send(new CreateBucketCommand({ Bucket }));
      return Bucket;
    },
    textOf: async (Bucket: string, Key: string, more: object = {}): Promise<string> =>
      (await (await clients.s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString()) ?? "",
  };
}
