export { createS3, type S3 } from "./s3.ts";
export type { S3Given } from "./resources.ts";
