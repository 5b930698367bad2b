import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { Upload } from "@aws-sdk/lib-storage";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, scaled, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";

const kills = scaled(3, 20);
const writers = 6;
const Bucket = "killed";
/** Longest that a round may last before the kill. Milliseconds. */
const longestRoundMs = 1_500;

let folder: string;
let server: ServerProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-objects-"));
});
afterEach(async () => {
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** With its row, in a file, or in parts. */
const sizes = [100, 100_000, 6_000_000];

/** What a key may hold, from what its writer was answered: contents by their hash, undefined for nothing. */
interface Ledger {
  sure: string | undefined;
  /** Writes without an answer. */
  readonly maybe: Set<string | undefined>;
}

const newLedger = (): Ledger => ({ sure: undefined, maybe: new Set() });

let counter = 0;

function contentOf(size: number): { readonly bytes: Buffer; readonly sha: string } {
  const bytes = Buffer.alloc(size, `${++counter} `);
  return { bytes, sha: createHash("sha256").update(bytes).digest("hex") };
}

/** Writes and deletes one key until the server is killed. @param told takes the ETag of each write that was acknowledged */
async function writeOn({ s3 }: Clients, Key: string, ledger: Ledger, told: (ETag: string | undefined) => void): Promise<void> {
  for (;;) {
    const isDeletion = Math.random() < 0.2;
    const size = sizes[Math.floor(Math.random() * sizes.length)] ?? 0;
    const { bytes, sha } = contentOf(size);
    const wanted = isDeletion ? undefined : sha;
    ledger.maybe.add(wanted);
    if (isDeletion) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    else if (size < 5_000_000) told((await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes }))).ETag);
    else told((await new Upload({ client: s3, params: { Bucket, Key, Body: bytes } }).done()).ETag);
    ledger.sure = wanted;
    ledger.maybe.clear();
  }
}

async function shaOf({ s3 }: Clients, Key: string): Promise<string | undefined> {
  try {
    const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    expect(bytes.length).toBe(ContentLength);
    return createHash("sha256").update(bytes).digest("hex");
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") return undefined;
    throw error;
  }
}

/** A write may fail because the server is gone, not because it refused. */
const expectCutOff = (error: Error & { readonly $metadata?: { readonly httpStatusCode?: number } }): void =>
  expect({ message: error.message, status: error.$metadata?.httpStatusCode }).toMatchObject({ status: undefined });

const filesIn = (objects: string): string[] =>
  existsSync(objects) ? readdirSync(objects).flatMap((name) => readdirSync(join(objects, name))) : [];

const queueArn = "arn:aws:sqs:us-east-1:123456789012:killed";

/** Makes the bucket, and a queue that is told of what is made in it. */
async function prepare({ s3, sqs }: Clients): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "killed" }));
  const Statement = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: queueArn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const QueueConfigurations = [{ QueueArn: queueArn, Events: ["s3:ObjectCreated:*" as const] }];
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations } }));
  return QueueUrl;
}

interface Told {
  readonly Records?: readonly { readonly s3: { readonly object: { readonly eTag: string } } }[];
}

/** Reads what the queue was told until all of these are among it. */
async function expectTold({ sqs }: Clients, QueueUrl: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const missing = new Set(acknowledged);
  await waitFor(
    "the queue to be told of every acknowledged write",
    async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
      for (const { Body = "{}" } of Messages)
        for (const record of (JSON.parse(Body) as Told).Records ?? []) missing.delete(record.s3.object.eTag);
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return missing.size === 0;
    },
    120_000,
  );
}

test(
  `${kills} kills under load leave each object as it was or as it was to be, no file that is no object's, and nobody untold`,
  async () => {
    const acknowledged = new Set<string>();
    const told = (ETag = ""): void => void acknowledged.add(ETag.replaceAll('"', ""));
    let QueueUrl = "";
    const ledgers = new Map(Array.from({ length: writers }, (_, at) => [`k${at}`, newLedger()] as const));
    for (let round = 0; round <= kills; round++) {
      server = await startServerProcess({ dataFolder: join(folder, "data") });
      const clients = clientsFor(server);
      if (round === 0) QueueUrl = await prepare(clients);
      for (const [Key, ledger] of ledgers) {
        const sha = await shaOf(clients, Key);
        expect([ledger.sure, ...ledger.maybe], `${Key} after kill ${round}`).toContain(sha);
        ledger.sure = sha;
        ledger.maybe.clear();
      }
      if (round < kills) {
        const writing = [...ledgers].map(([Key, ledger]) => writeOn(clients, Key, ledger, told).catch(expectCutOff));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * longestRoundMs));
        await server.kill();
        await Promise.all(writing);
      } else {
        await expectNoMore(clients);
        await expectTold(clients, QueueUrl, acknowledged);
      }
      clients.destroy();
    }
  },
  scaled(120_000, 600_000),
);

/** All that lies in files is an object's, but for the parts of uploads that were cut off. */
async function expectNoMore(clients: Clients): Promise<void> {
  const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
  const { UploadsInParts } = await openUploads(clients);
  const inParts = Contents.filter(({ Size = 0 }) => Size > 5_000_000).length;
  const inFiles = Contents.filter(({ Size = 0 }) => Size > 65_536 && Size <= 5_000_000).length;
  await waitFor(
    "files that no object has to go",
    () => filesIn(join(folder, "data", "objects")).length <= inFiles + inParts * 2 + UploadsInParts,
  );
}

async function openUploads({ s3 }: Clients): Promise<{ UploadsInParts: number }> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  const parts = await Promise.all(Uploads.map(({ Key, UploadId }) => s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))));
  return { UploadsInParts: parts.reduce((sum, { Parts = [] }) => sum + Parts.length, 0) };
}
