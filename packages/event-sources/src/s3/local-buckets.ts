import { isFault, parseArn, rootPrincipal, type CallAs, type MayCall } from "@mayfly/kernel";
import type { DestinationBuckets } from "@mayfly/lambda";
import type { StreamedBody } from "@mayfly/wire";
import type { S3Operations } from "@mayfly/wire/s3";

/** This server's own buckets, called as whoever is named. */
export const localBuckets = ({ callAs, mayCall }: { readonly callAs: CallAs; readonly mayCall: MayCall }): DestinationBuckets => ({
  async canPut(arn, identity) {
    const Bucket = bucketOf(arn);
    const { accountId, region } = identity;
    try {
      await callAs({ principal: rootPrincipal(accountId), accountId, region })("s3", "HeadBucket", { Bucket });
      await mayCall(identity)("s3", "ListObjectsV2", { Bucket });
      await mayCall(identity)("s3", "PutObject", { Bucket, Key: "aws/lambda/async/" });
      return true;
    } catch (error) {
      if (isFault(error)) return false;
      throw error;
    }
  },
  async put(arn, identity, Key, bytes) {
    const input: S3Operations["PutObject"]["input"] = { Bucket: bucketOf(arn), Key, Body: whole(bytes), ContentType: "application/json" };
    await callAs(identity)("s3", "PutObject", input);
  },
});

const bucketOf = (arn: string): string => parseArn(arn)?.resource ?? "";

/** A body that is there already. */
const whole = (bytes: Uint8Array): StreamedBody => ({
  lengthBytes: bytes.length,
  trailers: {},
  trailerNames: [],
  async *[Symbol.asyncIterator]() {
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  },
});
