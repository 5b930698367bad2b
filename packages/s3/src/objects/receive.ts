import { createHash } from "node:crypto";
import type { NewFile, ObjectContent } from "@mayfly/db";
import type { StreamedBody } from "@mayfly/wire";
import { badDigest, entityTooLarge, incompleteBody, invalidDigest, missingContentLength } from "../faults.ts";
import { limits } from "../limits.ts";
import type { S3Resources } from "../resources.ts";
import { checkDigest, checkForm, checksumHeader, createChecksum, type ChecksumAlgorithm, type WantedChecksum } from "./checksums.ts";

/** Bytes that came in and lie somewhere, but belong to nothing yet. */
export interface Received {
  readonly size: number;
  readonly md5: Buffer;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  readonly content: ObjectContent;
  /** They are not wanted. */
  abandon(): Promise<void>;
}

/** How bytes are taken in. */
export interface Receiving {
  readonly checksum: ChecksumAlgorithm | undefined;
  /** Larger ones go to a file. */
  readonly inlineBytes: number;
  readonly maxBytes: number;
}

/** Takes bytes in at the pace at which they can be written, computing what is to be known of them. @throws Fault EntityTooLarge, what the source throws */
export async function takeIn(
  { files }: Pick<S3Resources, "files">,
  source: AsyncIterable<Buffer>,
  { checksum, inlineBytes, maxBytes }: Receiving,
): Promise<Received> {
  const md5 = createHash("md5");
  const running = checksum && (await createChecksum(checksum));
  let small: Buffer[] = [];
  let size = 0;
  let file: NewFile | undefined;
  try {
    for await (const bytes of source) {
      size += bytes.length;
      if (size > maxBytes) throw entityTooLarge(size, maxBytes);
      md5.update(bytes);
      running?.update(bytes);
      if (file !== undefined) await file.write(bytes);
      else {
        small.push(bytes);
        if (size <= inlineBytes) continue;
        file = await files.create();
        for (const kept of small) await file.write(kept);
        small = [];
      }
    }
    await file?.finish();
  } catch (error) {
    await file?.abandon();
    throw error;
  }
  const made = file;
  return {
    size,
    md5: md5.digest(),
    checksum: checksum && running && { algorithm: checksum, value: running.digest().toString("base64") },
    content: made === undefined ? { inline: Buffer.concat(small) } : { segments: [{ file: made.name, offset: 0, size }] },
    abandon: async () => (made === undefined ? undefined : files.free([made.name])),
  };
}

interface BodyInput {
  readonly Body?: StreamedBody | undefined;
  readonly ContentMD5?: string | undefined;
}

/** Takes a request's body in and holds it to what the request says of it. @throws Fault */
export async function receiveBody(
  resources: Pick<S3Resources, "files">,
  { Body, ContentMD5 }: BodyInput,
  wanted: WantedChecksum | undefined,
  receiving: Receiving,
): Promise<Received> {
  if (Body?.lengthBytes === undefined) throw missingContentLength();
  if (Body.lengthBytes > receiving.maxBytes) throw entityTooLarge(Body.lengthBytes, receiving.maxBytes);
  const wantedMd5 = ContentMD5 === undefined ? undefined : Buffer.from(ContentMD5, "base64");
  if (wantedMd5 !== undefined && wantedMd5.length !== 16) throw invalidDigest(ContentMD5 ?? "");
  const received = await takeIn(resources, Body, receiving);
  try {
    if (received.size !== Body.lengthBytes) throw incompleteBody();
    if (wantedMd5 !== undefined && !wantedMd5.equals(received.md5))
      throw badDigest("The Content-MD5 you specified did not match what we received.");
    if (wanted !== undefined && received.checksum?.algorithm === wanted.algorithm)
      checkDigest(wanted.algorithm, wanted.comes === "trailer" ? trailerOf(Body, wanted.algorithm) : wanted.value, received.checksum.value);
    return received;
  } catch (error) {
    await received.abandon();
    throw error;
  }
}

function trailerOf({ trailers }: StreamedBody, algorithm: ChecksumAlgorithm): string {
  const value = trailers[checksumHeader(algorithm)] ?? "";
  checkForm(algorithm, value);
  return value;
}

/** A body that is not there is empty. */
export const emptyBody: StreamedBody = {
  lengthBytes: 0,
  trailers: {},
  trailerNames: [],
  async *[Symbol.asyncIterator]() {},
};

export const inlineBytes: number = limits.inlineBytes;
