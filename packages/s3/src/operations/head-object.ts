import { bucketOf, onObject } from "../iam-rules.ts";
import { checkReadConditions } from "../objects/conditions.ts";
import { rangeOf } from "../objects/ranges.ts";
import { findObject } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";
import { objectOutput } from "./get-object.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: S3Operation<"HeadObject"> = {
  iam: onObject("s3:GetObject", { ofVersion: "s3:GetObjectVersion", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const object = await findObject(resources, ctx, bucket, input);
    checkReadConditions(object, input);
    return objectOutput(bucket, object, rangeOf(object, input.Range, input.PartNumber), input);
  },
};
