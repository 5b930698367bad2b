import { expect } from "vitest";
import { acts, empty, kept, refused, type Probe } from "../probe.ts";
import type { World } from "../world.ts";

/** The bucket of these runs, and of those of objects. */
export const Bucket = "probed-bucket";

/** The error of a call that must fail, as `Code: message`. */
export const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => {
      throw new Error("The call was not refused.");
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );

const policy = (Effect: "Allow" | "Deny", Action: string, Principal: unknown = "*"): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect, Principal, Action, Resource: `arn:aws:s3:::${Bucket}/*` } });

const ofBuckets: readonly Probe[] = [
  acts("CreateBucket", "in any region, all at one address; a name is everybody's", async ({ s3 }) => {
    expect((await s3.createBucket({ Bucket })).Location).toBe(`/${Bucket}`);
  }),
  acts("ListBuckets", "the caller's own, by pages", async ({ s3 }) => {
    expect((await s3.listBuckets({ Prefix: Bucket })).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  }),
  acts("HeadBucket", "its region", async ({ s3 }) => {
    expect((await s3.headBucket({ Bucket })).BucketRegion).toBe("us-east-1");
  }),
  acts("GetBucketLocation", "none in us-east-1, as on AWS", async ({ s3 }) => {
    expect((await s3.getBucketLocation({ Bucket })).LocationConstraint).toBeUndefined();
  }),
  acts("PutBucketVersioning", "from now on versions are kept", async ({ s3 }) => {
    await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } });
  }),
  acts("GetBucketVersioning", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketVersioning({ Bucket })).Status).toBe("Enabled");
  }),
  acts("PutBucketTagging", "also conditions of policies see them", async ({ s3 }) => {
    await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } });
  }),
  acts("GetBucketTagging", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketTagging({ Bucket })).TagSet).toEqual([{ Key: "a", Value: "1" }]);
  }),
  acts("DeleteBucketTagging", "they are gone", async ({ s3 }) => {
    await s3.deleteBucketTagging({ Bucket });
    await expect(s3.getBucketTagging({ Bucket })).rejects.toThrow("The TagSet does not exist");
  }),
  kept("PutBucketEncryption", "objects lie on disk as they are", async ({ s3 }) => {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const } }];
    await s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } });
  }),
  kept("GetBucketEncryption", "what was put, else AES256 as on AWS", async ({ s3 }) => {
    const { ServerSideEncryptionConfiguration: { Rules } = {} } = await s3.getBucketEncryption({ Bucket });
    expect(Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("aws:kms");
  }),
  kept("DeleteBucketEncryption", "AES256 is told again", async ({ s3 }) => {
    await s3.deleteBucketEncryption({ Bucket });
  }),
];

const ofAccess: readonly Probe[] = [
  acts("PutPublicAccessBlock", "policies for everybody are refused, and not obeyed", async ({ s3 }) => {
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
    await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
  }),
  acts("GetPublicAccessBlock", "what was put; all is blocked in a new bucket", async ({ s3 }) => {
    expect((await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: false });
  }),
  acts("DeletePublicAccessBlock", "nothing is blocked", async ({ s3 }) => {
    await s3.deletePublicAccessBlock({ Bucket });
    await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toThrow("The public access block configuration was not found");
  }),
  acts("PutBucketPolicy", "obeyed, also for who signs nothing", async ({ s3, server }) => {
    await s3.putObject({ Bucket, Key: "open", Body: "everybody's" });
    expect((await fetch(`${server.url}/${Bucket}/open`)).status).toBe(403);
    await s3.putBucketPolicy({ Bucket, Policy: policy("Allow", "s3:GetObject") });
    expect(await (await fetch(`${server.url}/${Bucket}/open`)).text()).toBe("everybody's");
  }),
  acts("GetBucketPolicy", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketPolicy({ Bucket })).Policy).toBe(policy("Allow", "s3:GetObject"));
  }),
  acts("GetBucketPolicyStatus", "whether it is one for everybody", async ({ s3 }) => {
    expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus?.IsPublic).toBe(true);
  }),
  acts("DeleteBucketPolicy", "it is gone", async ({ s3, server }) => {
    await s3.deleteBucketPolicy({ Bucket });
    expect((await fetch(`${server.url}/${Bucket}/open`)).status).toBe(403);
  }),
  acts("PutBucketOwnershipControls", "BucketOwnerEnforced, which is what all buckets have", async ({ s3 }) => {
    await s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } });
  }),
  acts("GetBucketOwnershipControls", "BucketOwnerEnforced", async ({ s3 }) => {
    const { OwnershipControls } = await s3.getBucketOwnershipControls({ Bucket });
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
  }),
  acts("DeleteBucketOwnershipControls", "nothing is told any more; nobody else owns an object for that", async ({ s3 }) => {
    await s3.deleteBucketOwnershipControls({ Bucket });
  }),
  acts("GetBucketAcl", "the owner may do everything", async ({ s3 }) => {
    expect((await s3.getBucketAcl({ Bucket })).Grants?.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL"]);
  }),
  refused("PutBucketAcl", "ACLs are off, but for private", ({ s3 }) => refusalOf(s3.putBucketAcl({ Bucket, ACL: "public-read" }))),
  acts("PutBucketCors", "browsers of these origins are let in", async ({ s3, server }) => {
    const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["https://shop.example"] }];
    await s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } });
    const headers = { origin: "https://shop.example", "access-control-request-method": "GET" };
    const answer = await fetch(`${server.url}/${Bucket}/open`, { method: "OPTIONS", headers });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  }),
  acts("GetBucketCors", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketCors({ Bucket })).CORSRules).toHaveLength(1);
  }),
  acts("DeleteBucketCors", "no browser is let in", async ({ s3 }) => {
    await s3.deleteBucketCors({ Bucket });
    await expect(s3.getBucketCors({ Bucket })).rejects.toThrow("The CORS configuration does not exist");
  }),
];

const ofEvents: readonly Probe[] = [
  acts("PutBucketLifecycleConfiguration", "objects, versions and uploads expire; transitions are refused", async ({ s3 }) => {
    const Rules = [{ ID: "r", Status: "Enabled" as const, Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } }];
    await s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } });
  }),
  acts("GetBucketLifecycleConfiguration", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketLifecycleConfiguration({ Bucket })).Rules).toMatchObject([{ ID: "r" }]);
  }),
  acts("DeleteBucketLifecycle", "nothing expires", async ({ s3 }) => {
    await s3.deleteBucketLifecycle({ Bucket });
  }),
  acts("PutBucketNotificationConfiguration", "functions, queues and topics are told; EventBridge is refused", async (w: World) => {
    const { s3, sqs } = w;
    const QueueArn = "arn:aws:sqs:us-east-1:123456789012:of-buckets";
    const Statement = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QueueArn };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    const { QueueUrl } = await sqs.createQueue({ QueueName: "of-buckets", Attributes: { Policy } });
    const NotificationConfiguration = { QueueConfigurations: [{ QueueArn, Events: ["s3:ObjectCreated:*" as const] }] };
    await s3.putBucketNotificationConfiguration({ Bucket, NotificationConfiguration });
    const { Messages } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 10 });
    expect(Messages?.[0]?.Body).toContain("s3:TestEvent");
  }),
  acts("GetBucketNotificationConfiguration", "what was put", async ({ s3 }) => {
    expect((await s3.getBucketNotificationConfiguration({ Bucket })).QueueConfigurations).toHaveLength(1);
    await s3.putBucketNotificationConfiguration({ Bucket, NotificationConfiguration: {} });
  }),
];

const never = "nothing of the kind can be set";
const ofNothing: readonly Probe[] = [
  empty("GetBucketAccelerateConfiguration", never, ({ s3 }) => s3.getBucketAccelerateConfiguration({ Bucket }).then(() => undefined)),
  empty("GetBucketLogging", never, ({ s3 }) => s3.getBucketLogging({ Bucket }).then(() => undefined)),
  empty("GetBucketRequestPayment", "the owner pays", async ({ s3 }) => {
    expect((await s3.getBucketRequestPayment({ Bucket })).Payer).toBe("BucketOwner");
  }),
  empty("GetBucketWebsite", never, ({ s3 }) => refusalOf(s3.getBucketWebsite({ Bucket }))),
  empty("GetBucketReplication", never, ({ s3 }) => refusalOf(s3.getBucketReplication({ Bucket }))),
  empty("GetObjectLockConfiguration", never, ({ s3 }) => refusalOf(s3.getObjectLockConfiguration({ Bucket }))),
];

/** What S3's API offers for buckets, in an order in which each finds what it needs. */
export const bucketOperations: readonly Probe[] = [...ofBuckets, ...ofAccess, ...ofEvents, ...ofNothing];
