export { checkDocument } from "./document.ts";
export { createS3, type S3 } from "./s3.ts";
export type { S3Given } from "./resources.ts";
export { readPostForm, type PostForm } from "./posts/post-form.ts";
export { checkPostPolicy, readPostPolicy } from "./posts/post-policy.ts";
export { emptyKey, malformedCredential, missingField } from "./posts/post-faults.ts";
export { limits as s3Limits } from "./limits.ts";
export { entityTooLarge, missingContentLength, noSuchBucket } from "./faults.ts";
