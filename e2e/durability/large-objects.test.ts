import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterEach, expect, test } from "vitest";
import { clientsFor, scaled, startServerProcess, waitFor, type ServerProcess } from "@mayfly/testkit";

const mebibyte = 1024 * 1024;
const largeBytes = scaled(256 * mebibyte, 5 * 1024 * mebibyte);
/** V8 would leave more than this of what passed lying about. */
const mostGrowthMb = 50;
const mostResidentMb = 250;
const sampledMs = 100;
const object = { Bucket: "large", Key: "object" };

let server: ServerProcess | undefined;
afterEach(() => server?.dispose());

/** The same bytes each time, no two mebibytes alike. */
function* content(): Generator<Buffer> {
  for (let at = 0; at < largeBytes; at += mebibyte) {
    const piece = Buffer.alloc(mebibyte, "Mayfly ");
    piece.writeDoubleBE(at);
    yield piece;
  }
}

const streamed = (): Readable => Readable.from(content(), { objectMode: false });

function shaOf(pieces: Iterable<Buffer>): string {
  const hash = createHash("sha1");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

async function shaOfObject(s3: S3Client): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(object));
  const hash = createHash("sha1");
  for await (const piece of Body as Readable) hash.update(piece as Buffer);
  return hash.digest("hex");
}

const residentMb = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** The most memory that a process had while something was done. */
async function mostResidentDuring(pid: number, act: () => Promise<void>): Promise<number> {
  let most = residentMb(pid);
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), sampledMs);
  try {
    await act();
  } finally {
    clearInterval(timer);
  }
  return most;
}

/** A server gives back what its start took once nothing goes on; how much that is nobody knows. */
const idle = (pid: number): Promise<unknown> =>
  waitFor("the server to give memory back", () => residentMb(pid) < mostResidentMb - mostGrowthMb, scaled(1, 20_000)).catch(
    () => undefined,
  );

const ways: Readonly<Record<string, (s3: S3Client) => Promise<unknown>>> = {
  "in one request": (s3) => s3.send(new PutObjectCommand({ ...object, Body: streamed(), ContentLength: largeBytes })),
  "in parts": (s3) => new Upload({ client: s3, params: { ...object, Body: streamed() }, partSize: 8 * mebibyte }).done(),
};

test(
  `an object of ${largeBytes / mebibyte} MiB goes up and down whole, and the server holds little of it`,
  async () => {
    const wanted = shaOf(content());
    // The first start of changed code needs more: it compiles.
    await (await startServerProcess()).dispose();
    server = await startServerProcess();
    const { pid } = server;
    const clients = clientsFor(server);
    const { s3 } = clients;
    await s3.send(new CreateBucketCommand({ Bucket: object.Bucket }));
    await idle(pid);
    const before = residentMb(pid);
    for (const [way, upload] of Object.entries(ways)) {
      const up = await mostResidentDuring(pid, async () => void (await upload(s3)));
      const down = await mostResidentDuring(pid, async () => expect(await shaOfObject(s3)).toBe(wanted));
      console.log(
        `${way}: resident ${before.toFixed(0)} MB before, at most ${up.toFixed(0)} while it came, ${down.toFixed(0)} while it went`,
      );
      expect(Math.max(up, down) - before).toBeLessThan(mostGrowthMb);
      if (largeBytes > 1024 * mebibyte) expect(Math.max(up, down)).toBeLessThan(mostResidentMb);
      await s3.send(new DeleteObjectCommand(object));
    }
    clients.destroy();
  },
  scaled(120_000, 1_200_000),
);
