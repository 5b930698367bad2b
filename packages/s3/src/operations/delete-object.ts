import { noSuchKey, preconditionFailed } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { doerOf } from "../notifications/notices.ts";
import { removeObjects } from "../objects/remove.ts";
import { checkVersionId, unquoted } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: S3Operation<"DeleteObject"> = {
  iam: onObject("s3:DeleteObject", { ofVersion: "s3:DeleteObjectVersion" }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    checkVersionId(input.VersionId);
    const { Key: key, VersionId: versionId, IfMatch } = input;
    const removing = { key, versionId, ...(IfMatch !== undefined && { ifMatch: unquoted(IfMatch) }) };
    const [done] = await removeObjects(resources, bucket, [removing], { family: "ObjectRemoved", ...doerOf(ctx) });
    if (done?.outcome === "precondition-failed") throw preconditionFailed("If-Match");
    if (done?.outcome === "no-such-key") throw noSuchKey(key);
    return {
      ...(done?.isDeleteMarker && { DeleteMarker: true }),
      ...(done?.versionId !== undefined && { VersionId: done.versionId }),
    };
  },
};
