import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { partsOf } from "./part-sizes.ts";
import { sendBytes, type ByteTarget } from "./send-bytes.ts";

/** A file and where it goes. */
export interface FileTarget {
  readonly bucket: string;
  readonly key: string;
  readonly file: File;
}

/** Parts of one file that are under way together. */
const partsAtOnce = 3;
/** So often a file or a part is sent before it has failed. */
const attempts = 3;

/** Uploads a file, a large one in parts. What is left of one that fails or is cancelled is taken away. @throws AbortError, and what a request throws */
export async function uploadFile(target: FileTarget, onSent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const { bucket, key, file } = target;
  const parts = partsOf(file.size);
  const type = file.type || "application/octet-stream";
  if (parts === undefined) await sendPatiently({ bucket, key, headers: { "content-type": type } }, file, onSent, signal);
  else await uploadInParts(target, type, parts, onSent, signal);
}

async function uploadInParts(
  { bucket, key, file }: FileTarget,
  type: string,
  parts: readonly (readonly [from: number, to: number])[],
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const of = { Bucket: bucket, Key: key };
  const { UploadId = "" } = await send("s3", "CreateMultipartUpload", { ...of, ContentType: type }, signal);
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const sent = parts.map(() => 0);
  const tags = parts.map(() => "");
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < parts.length; index = next++) {
      const [from, to] = parts[index] ?? [0, 0];
      const query = { partNumber: String(index + 1), uploadId: UploadId };
      const tell = (bytes: number): void => {
        sent[index] = bytes;
        onSent(sent.reduce((sum, one) => sum + one, 0));
      };
      tags[index] = await sendPatiently({ bucket, key, query }, file.slice(from, to), tell, either);
      tell(to - from);
    }
  };
  try {
    await Promise.all(Array.from({ length: partsAtOnce }, work));
    const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    await send("s3", "CompleteMultipartUpload", { ...of, UploadId, MultipartUpload: { Parts } }, signal);
  } catch (error) {
    failed.abort();
    await send("s3", "AbortMultipartUpload", { ...of, UploadId }).catch(() => undefined);
    throw error;
  }
}

async function sendPatiently(target: ByteTarget, part: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendBytes(target, part, onSent, signal);
    } catch (error) {
      const { kind } = problemOf(error);
      if (signal.aborted || attempt === attempts || !["unreachable", "throttled"].includes(kind)) throw error;
      onSent(0);
      await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
    }
  }
}
