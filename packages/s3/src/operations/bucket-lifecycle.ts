import { Fault, newUuid, type InputOf } from "@mayfly/kernel";
import type { LifecycleRule } from "@mayfly/wire/s3";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { checkRules } from "../buckets/lifecycle.ts";
import { onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration: S3Operation<"PutBucketLifecycleConfiguration"> = {
  iam: onBucket<InputOf<"s3", "PutBucketLifecycleConfiguration">>("s3:PutLifecycleConfiguration"),
  async run(resources, _ctx, input) {
    const rules = input.LifecycleConfiguration?.Rules ?? [];
    checkRules(rules);
    const lifecycle = rules.map((rule): LifecycleRule => ({ ...rule, ID: rule.ID ?? newUuid() }));
    await changeSetting(resources, input, () => ({ lifecycle }));
    return { TransitionDefaultMinimumObjectSize: "all_storage_classes_128K" };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = tells<"GetBucketLifecycleConfiguration">(
  "s3:GetLifecycleConfiguration",
  ({ name, settings: { lifecycle } }) => {
    if (lifecycle === undefined)
      throw new Fault("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", {
        status: 404,
        members: { BucketName: name },
      });
    return { Rules: [...lifecycle], TransitionDefaultMinimumObjectSize: "all_storage_classes_128K" };
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle = removes<"DeleteBucketLifecycle">("s3:PutLifecycleConfiguration", "lifecycle");
