import type { DeletedObject, ObjectIdentifier, _Error } from "@mayfly/wire/s3";
import { noConditionKeys, AccessDenied, isFault, type RequestContext } from "@mayfly/kernel";
import type { RemovalOutcome } from "@mayfly/db";
import { bucketArn, type Bucket } from "../buckets/bucket.ts";
import { malformedXml } from "../faults.ts";
import { authorizeObject, bucketOf } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { doerOf } from "../notifications/notices.ts";
import { removeObjects, type Removing } from "../objects/remove.ts";
import { checkVersionId, unquoted } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: each key is permitted or not by itself */
export const deleteObjects: S3Operation<"DeleteObjects"> = {
  iam: {
    action: "s3:DeleteObject",
    resource: (_ctx, input, resources) => bucketArn(bucketOf(resources, input).name),
    conditionKeys: noConditionKeys,
    noPermissionNeeded: true,
  },
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const wanted = input.Delete.Objects ?? [];
    if (wanted.length === 0 || wanted.length > limits.deletedCount) throw malformedXml();
    const refusals = await Promise.all(wanted.map((one) => refusalOf(ctx, bucket, one)));
    const permitted = wanted.filter((_one, index) => refusals[index] === undefined);
    const by = { family: "ObjectRemoved", ...doerOf(ctx) } as const;
    const outcomes = await removeObjects(resources, bucket, permitted.map(removingOf), by);
    const Errors = refusals.filter((refusal) => refusal !== undefined);
    const Deleted: DeletedObject[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const one = permitted[index] as ObjectIdentifier;
      if (outcome.outcome === "done") Deleted.push(deletedOf(one, outcome));
      else Errors.push(errorOf(one, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"));
    }
    return { ...(!input.Delete.Quiet && { Deleted }), ...(Errors.length > 0 && { Errors }) };
  },
};

async function refusalOf(ctx: RequestContext, bucket: Bucket, one: ObjectIdentifier): Promise<_Error | undefined> {
  try {
    checkVersionId(one.VersionId);
    await authorizeObject(ctx, bucket, one.VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", one.Key ?? "");
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return errorOf(one, "AccessDenied", error.message);
    if (isFault(error)) return errorOf(one, error.code, error.message);
    throw error;
  }
}

const errorOf = ({ Key, VersionId }: ObjectIdentifier, Code: string, Message: string): _Error => ({
  Key,
  ...(VersionId !== undefined && { VersionId }),
  Code,
  Message,
});

const removingOf = ({ Key = "", VersionId, ETag }: ObjectIdentifier): Removing => ({
  key: Key,
  versionId: VersionId,
  ...(ETag !== undefined && { ifMatch: unquoted(ETag) }),
});

function deletedOf({ Key, VersionId }: ObjectIdentifier, { isDeleteMarker, versionId }: RemovalOutcome): DeletedObject {
  return {
    Key,
    ...(VersionId !== undefined && { VersionId }),
    ...(isDeleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: versionId }),
  };
}
