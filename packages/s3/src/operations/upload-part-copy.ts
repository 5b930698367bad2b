import type { InputOf } from "@mayfly/kernel";
import { invalidArgument, invalidRequest } from "../faults.ts";
import { bucketOf, keyOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumMember } from "../objects/checksums.ts";
import { openCopySource, sourceBytes } from "../objects/copy-source.ts";
import { lookAnew } from "../objects/look-anew.ts";
import { encryptionOutput } from "../objects/meta.ts";
import { checkPartNumber, uploadOf } from "../objects/multipart.ts";
import { takeIn } from "../objects/receive.ts";
import { quoted } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";
import { storePart } from "./upload-part.ts";

type Input = InputOf<"s3", "UploadPartCopy">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: S3Operation<"UploadPartCopy"> = {
  iam: onObject<Input>("s3:PutObject", { keys: ({ CopySource }) => keyOf("s3:x-amz-copy-source", CopySource) }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const number = checkPartNumber(input.PartNumber);
    const upload = await uploadOf(resources, bucket, input);
    const { source, bytes } = await lookAnew(async () => {
      const source = await openCopySource(resources, ctx, input);
      const [from, to] = sourceRange(input.CopySourceRange, source.object.size);
      return { source, bytes: await sourceBytes(resources, source.object.content, from, to) };
    });
    const checksum = upload.meta.checksum?.algorithm ?? "CRC64NVME";
    const taken = await takeIn(resources, bytes, { checksum, inlineBytes: -1, maxBytes: limits.partBytes });
    const lastModifiedMs = await storePart(resources, upload, number, taken);
    return {
      CopyPartResult: {
        ETag: quoted(taken.md5.toString("hex")),
        LastModified: new Date(lastModifiedMs),
        ...(upload.meta.checksum && taken.checksum && { [checksumMember(taken.checksum.algorithm)]: taken.checksum.value }),
      },
      ...(source.bucket.versioning !== "" && { CopySourceVersionId: source.object.versionId }),
      ...encryptionOutput(upload.meta.object),
    };
  },
};

/** @throws Fault InvalidArgument, InvalidRequest */
function sourceRange(range: string | undefined, size: number): readonly [from: number, to: number] {
  if (range === undefined) {
    if (size > limits.partBytes)
      throw invalidRequest(`The specified copy source is larger than the maximum allowable size for a copy source: ${limits.partBytes}`);
    return [0, size];
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first))
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      range,
    );
  if (Number(last) >= size)
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, "x-amz-copy-source-range", range);
  return [Number(first), Number(last) + 1];
}
