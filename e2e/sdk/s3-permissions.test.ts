import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../packages/s3/src/operations/index.ts";

const Bucket = "guarded";
const object = { Key: "key" };
const upload = { ...object, UploadId: "none" };
const part = { ...upload, PartNumber: 1 };
const tagging = { Tagging: { TagSet: [{ Key: "a", Value: "b" }] } };
const CopySource = `${Bucket}/key`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::guarded/*",
  },
});
const expiring: s3.LifecycleRule = { ID: "r", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } };

/** A request of each operation, to `guarded` where nothing else is said. A form is sent by no SDK: s3-post.test.ts has it. */
const requests = {
  AbortMultipartUpload: upload,
  CompleteMultipartUpload: { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: "x" }] } },
  CopyObject: { Key: "copy", CopySource },
  CreateBucket: { Bucket: "guarded-too" },
  CreateMultipartUpload: object,
  DeleteBucket: {},
  DeleteBucketCors: {},
  DeleteBucketEncryption: {},
  DeleteBucketLifecycle: {},
  DeleteBucketOwnershipControls: {},
  DeleteBucketPolicy: {},
  DeleteBucketTagging: {},
  DeleteObject: object,
  DeleteObjectTagging: object,
  DeleteObjects: { Delete: { Objects: [object] } },
  DeletePublicAccessBlock: {},
  GetBucketAccelerateConfiguration: {},
  GetBucketAcl: {},
  GetBucketCors: {},
  GetBucketEncryption: {},
  GetBucketLifecycleConfiguration: {},
  GetBucketLocation: {},
  GetBucketLogging: {},
  GetBucketNotificationConfiguration: {},
  GetBucketOwnershipControls: {},
  GetBucketPolicy: {},
  GetBucketPolicyStatus: {},
  GetBucketReplication: {},
  GetBucketRequestPayment: {},
  GetBucketTagging: {},
  GetBucketVersioning: {},
  GetBucketWebsite: {},
  GetObject: object,
  GetObjectAcl: object,
  GetObjectAttributes: { ...object, ObjectAttributes: ["ETag"] },
  GetObjectLockConfiguration: {},
  GetObjectTagging: object,
  GetPublicAccessBlock: {},
  HeadBucket: {},
  HeadObject: object,
  ListBuckets: {},
  ListMultipartUploads: {},
  ListObjectVersions: {},
  ListObjects: {},
  ListObjectsV2: {},
  ListParts: upload,
  PutBucketAcl: { ACL: "private" },
  PutBucketCors: { CORSConfiguration: { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] } },
  PutBucketEncryption: {
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
  },
  PutBucketLifecycleConfiguration: { LifecycleConfiguration: { Rules: [expiring] } },
  PutBucketNotificationConfiguration: { NotificationConfiguration: {} },
  PutBucketOwnershipControls: { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } },
  PutBucketPolicy: { Policy: policy },
  PutBucketTagging: tagging,
  PutBucketVersioning: { VersioningConfiguration: { Status: "Suspended" } },
  PutObject: { ...object, Body: "x" },
  PutObjectAcl: { ...object, ACL: "private" },
  PutObjectTagging: { ...object, ...tagging },
  PutPublicAccessBlock: { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } },
  UploadPart: { ...part, Body: "x" },
  UploadPartCopy: { ...part, CopySource },
} as const;
type Name = keyof typeof requests;

/** The permission, where it is not named as the operation is. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const actions: { readonly [N in Name]?: string } = {
  CompleteMultipartUpload: "PutObject",
  CopyObject: "PutObject",
  CreateMultipartUpload: "PutObject",
  DeleteBucketCors: "PutBucketCORS",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  DeleteObjects: "DeleteObject",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketCors: "GetBucketCORS",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetBucketReplication: "GetReplicationConfiguration",
  // This one first.
  GetObjectAttributes: "GetObject",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBuckets: "ListAllMyBuckets",
  ListMultipartUploads: "ListBucketMultipartUploads",
  ListObjectVersions: "ListBucketVersions",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListParts: "ListMultipartUploadParts",
  PutBucketCors: "PutBucketCORS",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  UploadPart: "PutObject",
  UploadPartCopy: "PutObject",
};
const actionOf = (operation: Name): string => `s3:${actions[operation] ?? operation}`;

let server: ServerProcess;
let root: Clients;
let user: Clients;

beforeAll(async () => {
  server = await startServerProcess();
  root = clientsFor(server);
  await root.s3.send(new s3.CreateBucketCommand({ Bucket }));
  await root.s3.send(new s3.PutObjectCommand({ Bucket, Key: "key", Body: "x" }));
  await root.iam.send(new CreateUserCommand({ UserName: "worker" }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: "worker" }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  user = clientsFor({ url: server.url, credentials: { accessKeyId, secretAccessKey } });
});
afterAll(async () => {
  root.destroy();
  user.destroy();
  await server.dispose();
});

const allow = (...Action: string[]) =>
  root.iam.send(
    new PutUserPolicyCommand({
      UserName: "worker",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
    }),
  );

/** What a user is told, in a word and a sentence: `done`, or the error. */
async function call(operation: Name): Promise<{ name: string; status: number | undefined; message: string }> {
  const Command = (s3 as unknown as Record<string, new (input: unknown) => never>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}`);
  try {
    const answer = await user.s3.send(new Command({ Bucket, ...requests[operation] }));
    // DeleteObjects answers for each key.
    const [refused] = (answer as s3.DeleteObjectsCommandOutput).Errors ?? [];
    return { name: refused?.Code ?? "done", status: 403, message: refused?.Message ?? "" };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode, message };
  }
}

test("there is a request of each operation", () => {
  expect(Object.keys(requests)).toEqual(Object.keys(operations).filter((name) => name !== "PostObject"));
});

/** HEAD has no body in which to say more. */
const heads = new Set<Name>(["HeadBucket", "HeadObject"]);

describe("a user", () => {
  test.each(Object.keys(requests) as Name[])("without permission is denied %s, and with it is not", async (operation) => {
    const action = actionOf(operation);
    await allow("s3:Nothing");
    const refusal = await call(operation);
    if (heads.has(operation)) expect(refusal.status).toBe(403);
    else {
      expect(refusal).toMatchObject({ name: "AccessDenied", status: 403 });
      expect(refusal.message).toContain(`not authorized to perform: ${action} on resource: `);
    }
    // Deletions go by their own tests, or the others find nothing.
    if (["DeleteBucket", "DeleteObject", "DeleteObjects"].includes(operation)) return;
    await allow(action);
    const outcome = await call(operation);
    if (heads.has(operation)) expect(outcome.name).toBe("done");
    expect(outcome.message).not.toContain(`perform: ${action} `);
  });

  test("is denied nothing that he may do, and nothing is gone that he was not let delete", async () => {
    await allow("s3:GetObject");
    expect((await call("GetObject")).name).toBe("done");
    await allow("s3:DeleteObject");
    expect((await call("DeleteObjects")).name).toBe("done");
    expect((await call("DeleteObject")).name).toBe("done");
    const { Versions = [], DeleteMarkers = [] } = await root.s3.send(new s3.ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
      await root.s3.send(new s3.DeleteObjectCommand({ Bucket, Key, VersionId }));
    const { Uploads = [] } = await root.s3.send(new s3.ListMultipartUploadsCommand({ Bucket }));
    for (const { Key, UploadId } of Uploads) await root.s3.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    await allow("s3:DeleteBucket");
    expect((await call("DeleteBucket")).name).toBe("done");
  });
});
