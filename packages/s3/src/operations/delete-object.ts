import { noSuchKey, preconditionFailed } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { checkVersionId, newVersionId, unquoted } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: S3Operation<"DeleteObject"> = {
  iam: onObject("s3:DeleteObject", { ofVersion: "s3:DeleteObjectVersion" }),
  async run(resources, _ctx, input) {
    const { db, files, clock } = resources;
    const bucket = bucketOf(resources, input);
    checkVersionId(input.VersionId);
    const { Key: key, VersionId: versionId, IfMatch } = input;
    const removal = {
      key,
      versionId,
      newVersionId: newVersionId(),
      nowMs: clock.now(),
      ...(IfMatch !== undefined && { ifMatch: unquoted(IfMatch) }),
    };
    const { outcomes, freed } = await db.objects.remove(bucket.id, [removal]);
    files.free(freed);
    const [done] = outcomes;
    if (done?.outcome === "precondition-failed") throw preconditionFailed("If-Match");
    if (done?.outcome === "no-such-key") throw noSuchKey(key);
    return {
      ...(done?.isDeleteMarker && { DeleteMarker: true }),
      ...(done?.versionId !== undefined && { VersionId: done.versionId }),
    };
  },
};
