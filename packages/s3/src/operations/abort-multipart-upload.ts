import type { InputOf } from "@mayfly/kernel";
import { noSuchUpload } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: S3Operation<"AbortMultipartUpload"> = {
  iam: onObject<InputOf<"s3", "AbortMultipartUpload">>("s3:AbortMultipartUpload"),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const freed = await resources.db.objects.removeUpload(bucket.id, input.Key, input.UploadId);
    if (freed === undefined) throw noSuchUpload(input.UploadId);
    resources.files.free(freed);
    return {};
  },
};
