import type { PartRow } from "@mayfly/db";
import type { InputOf } from "@mayfly/kernel";
import type { CompletedPart } from "@mayfly/wire/s3";
import { expirationOutput } from "../buckets/lifecycle.ts";
import { badDigest, entityTooSmall, invalidPart, invalidPartOrder, invalidRequest, malformedXml } from "../faults.ts";
import { bucketOf, keyOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumAlgorithms, checksumMember, checksumOutput, type Checksum } from "../objects/checksums.ts";
import { combineCrcs } from "../objects/combine-crc.ts";
import { encryptionOutput, type ObjectMeta } from "../objects/meta.ts";
import { compositeChecksum, multipartEtag, partChecksum, uploadOf, type Upload } from "../objects/multipart.ts";
import { putObject, writeCondition } from "../objects/put.ts";
import { quoted, unquoted, versionOutput } from "../objects/versions.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import type { Tags } from "../tags.ts";

type Input = InputOf<"s3", "CompleteMultipartUpload">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html: no byte is copied, the parts' files become the object's */
export const completeMultipartUpload: S3Operation<"CompleteMultipartUpload"> = {
  iam: onObject<Input>("s3:PutObject", {
    keys: ({ IfMatch, IfNoneMatch }) => ({ ...keyOf("s3:if-match", IfMatch), ...keyOf("s3:if-none-match", IfNoneMatch) }),
  }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const upload = await uploadOf(resources, bucket, input);
    const { checksum: begun } = upload.meta;
    if (begun && input.ChecksumType !== undefined && input.ChecksumType !== begun.type)
      throw invalidRequest(
        `The upload was created using the ${begun.type} checksum mode. The complete request must use the same checksum mode.`,
      );
    const parts = await partsOf(resources, upload, input.MultipartUpload?.Parts ?? []);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size)
      throw invalidRequest(`The provided 'x-amz-mp-object-size' header does not match what was computed.`);
    const checksum = await checksumOf(upload, parts);
    checkChecksum(input, checksum);
    const etag = multipartEtag(parts);
    const meta: ObjectMeta = {
      ...upload.meta.object,
      ...(checksum && { checksum }),
      parts: parts.map((part) => ({ number: part.number, size: part.size, ...(begun && { checksum: partChecksum(part) ?? "" }) })),
    };
    const lastModifiedMs = Math.floor(resources.clock.now() / 1000) * 1000;
    const { versionId } = await putObject(
      resources,
      bucket,
      {
        key: input.Key,
        size,
        etag,
        lastModifiedMs,
        meta: JSON.stringify(meta),
        tags: upload.tags,
        content: { segments: parts.flatMap(({ segments }) => segments) },
        uploadId: upload.id,
        ...writeCondition(input),
      },
      { name: "ObjectCreated:CompleteMultipartUpload", ctx },
    );
    return {
      Location: `${ctx.endpoint}/${bucket.name}/${encodeURIComponent(input.Key)}`,
      Bucket: bucket.name,
      Key: input.Key,
      ETag: quoted(etag),
      ...checksumOutput(checksum),
      ...encryptionOutput(meta),
      ...versionOutput(bucket, versionId),
      ...expirationOutput(bucket.settings.lifecycle, {
        key: input.Key,
        size,
        tags: JSON.parse(upload.tags) as Tags,
        lastModifiedMs,
      }),
    };
  },
};

/** The parts that the client names, as they are stored. @throws Fault */
async function partsOf({ db }: Pick<S3Resources, "db">, upload: Upload, named: readonly CompletedPart[]): Promise<PartRow[]> {
  if (named.length === 0) throw malformedXml();
  const stored = new Map((await db.objects.parts(upload.id, 0, limits.partCount)).map((part) => [part.number, part]));
  const parts: PartRow[] = [];
  for (const one of named) {
    const { PartNumber = 0, ETag = "" } = one;
    const before = parts.at(-1);
    if (before !== undefined && PartNumber <= before.number) throw invalidPartOrder(upload.id);
    checkIsTold(upload, one);
    const part = stored.get(PartNumber);
    const algorithm = checksumAlgorithms.find((name) => one[checksumMember(name)] !== undefined);
    const isSame =
      part !== undefined &&
      unquoted(ETag) === part.etag &&
      (algorithm === undefined || one[checksumMember(algorithm)] === partChecksum(part));
    if (!isSame) throw invalidPart(upload.id, PartNumber, ETag);
    if (before !== undefined && before.size < limits.leastPartBytes)
      throw entityTooSmall(before.size, limits.leastPartBytes, before.number, before.etag);
    parts.push(part);
  }
  return parts;
}

/** A checksum of checksums is made of those that the client names. @throws Fault InvalidRequest */
function checkIsTold({ meta: { checksum } }: Upload, part: CompletedPart): void {
  if (checksum?.type === "COMPOSITE" && part[checksumMember(checksum.algorithm)] === undefined)
    throw invalidRequest(
      `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.PartNumber} in the request.`,
    );
}

/** Of the parts' checksums; S3 adds one of its own kind where none was wanted. */
async function checksumOf({ meta }: Upload, parts: readonly PartRow[]): Promise<Checksum | undefined> {
  if (meta.checksum?.type === "COMPOSITE") return compositeChecksum(meta.checksum.algorithm, parts);
  const algorithm = meta.checksum?.algorithm ?? "CRC64NVME";
  const known = parts.map((part) => ({ size: part.size, ...(JSON.parse(part.meta) as { algorithm?: string; checksum?: string }) }));
  if (known.some((part) => part.algorithm !== algorithm || part.checksum === undefined)) return undefined;
  const value = combineCrcs(
    algorithm,
    known.map(({ size, checksum = "" }) => ({ size, value: checksum })),
  );
  return value === undefined ? undefined : { algorithm, type: "FULL_OBJECT", value };
}

/** @throws Fault BadDigest */
function checkChecksum(input: Input, checksum: Checksum | undefined): void {
  const algorithm = checksumAlgorithms.find((name) => input[checksumMember(name)] !== undefined);
  if (algorithm === undefined) return;
  const given = input[checksumMember(algorithm)];
  const isSame = checksum?.algorithm === algorithm && (given === checksum.value || given === checksum.value.replace(/-\d+$/, ""));
  if (!isSame) throw badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);
}
