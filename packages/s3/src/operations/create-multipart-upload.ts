import type { InputOf } from "@mayfly/kernel";
import { invalidRequest, noSuchBucket } from "../faults.ts";
import { authorizeObject, bucketOf, onObject } from "../iam-rules.ts";
import { checksumTypesOf, isChecksumAlgorithm, type Checksum } from "../objects/checksums.ts";
import { checkKey, encryptionOutput, metaOf } from "../objects/meta.ts";
import { newUploadId, type UploadMeta } from "../objects/multipart.ts";
import type { S3Operation } from "../resources.ts";
import { readTagHeader } from "../tags.ts";
import { checkAcl, putObjectKeys } from "./put-object.ts";

type Input = InputOf<"s3", "CreateMultipartUpload">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: S3Operation<"CreateMultipartUpload"> = {
  iam: onObject<Input>("s3:PutObject", { keys: putObjectKeys }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    checkKey(input.Key);
    checkAcl(input.ACL);
    const object = metaOf(input);
    const checksum = checksumOf(input);
    const tags = readTagHeader(input.Tagging);
    if (Object.keys(tags).length > 0) await authorizeObject(ctx, bucket, "s3:PutObjectTagging", input.Key);
    const meta: UploadMeta = { object, ...(checksum && { checksum }) };
    const id = newUploadId();
    const row = { id, key: input.Key, startedAtMs: resources.clock.now(), meta: JSON.stringify(meta), tags: JSON.stringify(tags) };
    if (!(await resources.db.objects.createUpload(bucket.id, row))) throw noSuchBucket(bucket.name);
    return {
      Bucket: bucket.name,
      Key: input.Key,
      UploadId: id,
      ...encryptionOutput(object),
      ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    };
  },
};

/** @throws Fault InvalidRequest */
function checksumOf({ ChecksumAlgorithm: algorithm, ChecksumType: type }: Input): Pick<Checksum, "algorithm" | "type"> | undefined {
  if (algorithm === undefined) {
    if (type !== undefined)
      throw invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
    return undefined;
  }
  if (!isChecksumAlgorithm(algorithm))
    throw invalidRequest(
      "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    );
  const types = checksumTypesOf(algorithm);
  const wanted = types.find((one) => type === undefined || one === type);
  if (wanted === undefined)
    throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  return { algorithm, type: wanted };
}
