import { invalidParameter } from "../faults.ts";

/** Where a request says that code is to come from. */
export interface CodeRequest {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
  readonly SourceKMSKeyArn?: string | undefined;
}

/**
 * The zip that a request brings with it. There is no S3 here yet, so no bucket is ever found; packages are not encrypted, so no key is accepted.
 * @throws Fault InvalidParameterValueException
 */
export function zipOf(request: CodeRequest): Uint8Array {
  const { ZipFile, S3Bucket, S3Key } = request;
  if (request.SourceKMSKeyArn) throw invalidParameter("SourceKMSKeyArn is not supported in this region.");
  if (ZipFile !== undefined) {
    if (S3Bucket !== undefined || S3Key !== undefined || request.S3ObjectVersion !== undefined) {
      throw invalidParameter("Please do not provide other FunctionCode parameters when providing a ZipFile.");
    }
    return ZipFile;
  }
  if (S3Bucket === undefined || S3Key === undefined) throw invalidParameter("Please provide a source for function code.");
  throw invalidParameter(
    "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist",
  );
}

/** AWS's answer where an image is asked for that cannot be had: there is no registry here. */
export const imageNotFound = (imageUri: string) =>
  invalidParameter(
    /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/.+$/.test(imageUri)
      ? `Source image ${imageUri} does not exist. Provide a valid source image.`
      : `Source image ${imageUri} is not valid. Provide a valid source image.`,
  );
