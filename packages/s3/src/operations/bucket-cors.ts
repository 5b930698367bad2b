import { Fault, type InputOf } from "@mayfly/kernel";
import type { CORSRule } from "@mayfly/wire/s3";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { invalidRequest, malformedXml } from "../faults.ts";
import { onBucket } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { S3Operation } from "../resources.ts";

const methods: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors: S3Operation<"PutBucketCors"> = {
  iam: onBucket<InputOf<"s3", "PutBucketCors">>("s3:PutBucketCORS"),
  run(resources, _ctx, input) {
    const cors = input.CORSConfiguration.CORSRules ?? [];
    if (cors.length === 0 || cors.length > limits.corsRuleCount) throw malformedXml();
    cors.forEach(checkRule);
    return changeSetting(resources, input, () => ({ cors }));
  },
};

function checkRule({ AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [], ExposeHeaders = [] }: CORSRule): void {
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
  const unknown = AllowedMethods.find((method) => !methods.has(method));
  if (unknown !== undefined) throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  const tooMany = (text: string): boolean => text.split("*").length > 2;
  const origin = AllowedOrigins.find(tooMany);
  if (origin !== undefined) throw invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`);
  const header = AllowedHeaders.find(tooMany);
  if (header !== undefined) throw invalidRequest(`AllowedHeader "${header}" can not have more than one wildcard.`);
  const exposed = ExposeHeaders.find((name) => name.includes("*"));
  if (exposed !== undefined)
    throw invalidRequest(`ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors = tells<"GetBucketCors">("s3:GetBucketCORS", ({ name, settings: { cors } }) => {
  if (cors === undefined)
    throw new Fault("NoSuchCORSConfiguration", "The CORS configuration does not exist", { status: 404, members: { BucketName: name } });
  return { CORSRules: [...cors] };
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors = removes<"DeleteBucketCors">("s3:PutBucketCORS", "cors");
