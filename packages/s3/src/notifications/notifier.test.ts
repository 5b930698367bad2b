import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";

const Bucket = "told";
const QueueArn = "arn:aws:sqs:us-east-1:123456789012:q";
const day = 86_400_000;

let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket });
});
afterEach(() => s3.close());

const configure = (...Events: string[]) =>
  s3.call("PutBucketNotificationConfiguration", {
    Bucket,
    NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: Events as never }] },
  });
const put = (Key: string) => s3.call("PutObject", { Bucket, Key, Body: bodyOf(Key) });
const names = () => s3.told.flatMap(({ Records = [] }) => Records.map(({ eventName, s3: { object } }) => `${eventName} ${object.key}`));

test("each kind of change has its name, and a key's events their order", async () => {
  await configure("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*");
  expect(s3.told).toMatchObject([{ Event: "s3:TestEvent" }]);
  await put("a");
  await s3.call("CopyObject", { Bucket, Key: "b", CopySource: `${Bucket}/a` });
  await s3.call("PutObjectTagging", { Bucket, Key: "a", Tagging: { TagSet: [{ Key: "k", Value: "v" }] } });
  await s3.call("DeleteObjectTagging", { Bucket, Key: "a" });
  await s3.call("DeleteObject", { Bucket, Key: "a" });
  await s3.call("DeleteObject", { Bucket, Key: "nothing" });
  await put("a");
  await s3.call("DeleteObjects", { Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "b" }] } });
  await expect
    .poll(() => names().toSorted())
    .toEqual(
      [
        "ObjectCreated:Put a",
        "ObjectCreated:Copy b",
        "ObjectTagging:Put a",
        "ObjectTagging:Delete a",
        "ObjectRemoved:Delete a",
        "ObjectCreated:Put a",
        "ObjectRemoved:Delete a",
        "ObjectRemoved:Delete b",
      ].toSorted(),
    );
  const ofA = s3.told.flatMap(({ Records = [] }) => Records.filter(({ s3: { object } }) => object.key === "a" && object.sequencer));
  const inOrder = ofA.toSorted((one, other) => ((one.s3.object.sequencer ?? "") < (other.s3.object.sequencer ?? "") ? -1 : 1));
  expect(inOrder.map(({ eventName }) => eventName)).toEqual([
    "ObjectCreated:Put",
    "ObjectRemoved:Delete",
    "ObjectCreated:Put",
    "ObjectRemoved:Delete",
  ]);
  expect(await s3.db.objects.pendingNotices()).toEqual([]);
});

test("of a versioned bucket a delete marker is told apart from a version that is gone", async () => {
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await configure("s3:ObjectRemoved:*");
  const { VersionId } = await put("a");
  await s3.call("DeleteObject", { Bucket, Key: "a" });
  await s3.call("DeleteObject", { Bucket, Key: "a", VersionId });
  await expect.poll(names).toHaveLength(2);
  expect(names().toSorted()).toEqual(["ObjectRemoved:Delete a", "ObjectRemoved:DeleteMarkerCreated a"]);
});

test("what lifecycle rules remove is told as such", async () => {
  await configure("s3:LifecycleExpiration:*", "s3:ObjectRemoved:*");
  const Rules = [{ Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }];
  await s3.call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
  await put("old");
  s3.time.nowMs += 3 * day;
  await s3.s3.expire();
  await expect.poll(names).toEqual(["LifecycleExpiration:Delete old"]);
});

test("a queue that is not there is refused, and nothing is changed", async () => {
  await configure("s3:ObjectCreated:*");
  const missing = { QueueArn: `${QueueArn.slice(0, -1)}missing`, Events: ["s3:ObjectCreated:*"] as never };
  const configuration = { Bucket, NotificationConfiguration: { QueueConfigurations: [missing] } };
  await expect(s3.call("PutBucketNotificationConfiguration", configuration)).rejects.toMatchObject({
    code: "InvalidArgument",
    message: "Unable to validate the following destination configurations",
    members: { ArgumentName1: missing.QueueArn, ArgumentValue1: "The destination queue does not exist" },
  });
  const kept = await s3.call("GetBucketNotificationConfiguration", { Bucket });
  expect(kept.QueueConfigurations).toMatchObject([{ QueueArn }]);
  await s3.call("PutBucketNotificationConfiguration", { ...configuration, SkipDestinationValidation: true });
  await s3.call("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration: {} });
  expect(await s3.call("GetBucketNotificationConfiguration", { Bucket })).toEqual({});
});
