import type { InputOf } from "@mayfly/kernel";
import { invalidRequest, noSuchUpload } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumMember, wantedChecksum, type ChecksumAlgorithm, type WantedChecksum } from "../objects/checksums.ts";
import { encryptionOutput } from "../objects/meta.ts";
import { checkPartNumber, uploadOf, type Upload } from "../objects/multipart.ts";
import { emptyBody, receiveBody, type Received } from "../objects/receive.ts";
import { quoted } from "../objects/versions.ts";
import type { S3Operation, S3Resources } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: S3Operation<"UploadPart"> = {
  iam: onObject<InputOf<"s3", "UploadPart">>("s3:PutObject"),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const number = checkPartNumber(input.PartNumber);
    const upload = await uploadOf(resources, bucket, input);
    const Body = input.Body ?? emptyBody;
    const wanted = wantedChecksum(input, Body.trailerNames, input.ChecksumAlgorithm);
    const checksum = partAlgorithm(upload, wanted);
    // Parts are files always: of them the object is made.
    const received = await receiveBody(resources, { ...input, Body }, wanted, { checksum, inlineBytes: -1, maxBytes: limits.partBytes });
    await storePart(resources, upload, number, received);
    return {
      ETag: quoted(received.md5.toString("hex")),
      ...(received.checksum && wanted && { [checksumMember(received.checksum.algorithm)]: received.checksum.value }),
      ...encryptionOutput(upload.meta.object),
    };
  },
};

/** A part's checksum is of the upload's algorithm. @throws Fault InvalidRequest */
function partAlgorithm({ meta }: Upload, wanted: WantedChecksum | undefined): ChecksumAlgorithm {
  const declared = meta.checksum?.algorithm;
  if (wanted !== undefined && declared !== undefined && wanted.algorithm !== declared)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${declared.toLowerCase()}, actual checksum Type: ${wanted.algorithm.toLowerCase()}`,
    );
  return declared ?? wanted?.algorithm ?? "CRC64NVME";
}

/** One write, in which it replaces the part of the same number. @throws Fault NoSuchUpload */
export async function storePart(
  { db, files, clock }: Pick<S3Resources, "db" | "files" | "clock">,
  upload: Upload,
  number: number,
  { size, md5, checksum, content }: Received,
): Promise<number> {
  const segments = "segments" in content ? content.segments : [];
  const lastModifiedMs = Math.floor(clock.now() / 1000) * 1000;
  const freed = await db.objects.putPart(upload.id, {
    number,
    size,
    etag: md5.toString("hex"),
    lastModifiedMs,
    meta: JSON.stringify(checksum === undefined ? {} : { algorithm: checksum.algorithm, checksum: checksum.value }),
    segments,
  });
  files.free(freed ?? segments.map(({ file }) => file));
  if (freed === undefined) throw noSuchUpload(upload.id);
  return lastModifiedMs;
}
