import { AccessDenied, Fault, type RequestContext } from "@mayfly/kernel";
import type { S3Operations } from "@mayfly/wire/s3";
import { entityTooLarge, invalidParameter } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";

/** Where a request says that code is to come from. */
export interface CodeRequest {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
  readonly SourceKMSKeyArn?: string | undefined;
}

/** An object of S3. */
interface CodeObject {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string | undefined;
}

/** Where a zip is: in the request, or in a bucket. */
export type CodeSource = { readonly zip: Uint8Array } | { readonly object: CodeObject };

/**
 * Where the zip is that a request speaks of. Packages are not encrypted, so no key is accepted.
 * @throws Fault InvalidParameterValueException, RequestEntityTooLargeException
 */
export function codeSource(request: CodeRequest, { zippedCodeBytes }: LambdaLimits): CodeSource {
  const { ZipFile, S3Bucket, S3Key } = request;
  if (request.SourceKMSKeyArn) throw invalidParameter("SourceKMSKeyArn is not supported in this region.");
  if (ZipFile !== undefined) {
    if (S3Bucket !== undefined || S3Key !== undefined || request.S3ObjectVersion !== undefined)
      throw invalidParameter("Please do not provide other FunctionCode parameters when providing a ZipFile.");
    if (ZipFile.byteLength > zippedCodeBytes) throw entityTooLarge(`Zipped size must be smaller than ${zippedCodeBytes} bytes`);
    return { zip: ZipFile };
  }
  if (S3Bucket === undefined || S3Key === undefined) throw invalidParameter("Please provide a source for function code.");
  return { object: { Bucket: S3Bucket, Key: S3Key, VersionId: request.S3ObjectVersion } };
}

/**
 * The zip itself; an object is read as the caller, who needs s3:GetObject for it, s3:GetObjectVersion for one of its versions. One that is larger than
 * its files may be together is not read: it could not be unpacked.
 * @throws Fault InvalidParameterValueException with S3's code and text, AccessDeniedException
 */
export async function readCode(
  ctx: Pick<RequestContext, "call">,
  source: CodeSource,
  { unzippedCodeBytes }: LambdaLimits,
): Promise<Uint8Array> {
  if ("zip" in source) return source.zip;
  const { Body, ContentLength = 0 } = await getObject(ctx, source.object);
  if (ContentLength > unzippedCodeBytes) {
    if (Body !== undefined && "destroy" in Body) Body.destroy();
    throw invalidParameter(`Unzipped size must be smaller than ${unzippedCodeBytes} bytes`);
  }
  if (Body === undefined) return new Uint8Array();
  if (Body instanceof Uint8Array) return Body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function getObject(
  ctx: Pick<RequestContext, "call">,
  { Bucket, Key, VersionId }: CodeObject,
): Promise<S3Operations["GetObject"]["output"]> {
  try {
    return await ctx.call("s3", "GetObject", { Bucket, Key, VersionId });
  } catch (error) {
    if (error instanceof AccessDenied)
      throw new Fault(
        "AccessDeniedException",
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${Bucket}/${Key}. S3 Error Code: AccessDenied. S3 Error Message: ${error.message}`,
        { status: 403 },
      );
    if (!(error instanceof Fault)) throw error;
    throw invalidParameter(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`);
  }
}

/** AWS's answer where an image is asked for that cannot be had: there is no registry here. */
export const imageNotFound = (imageUri: string) =>
  invalidParameter(
    /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/.+$/.test(imageUri)
      ? `Source image ${imageUri} does not exist. Provide a valid source image.`
      : `Source image ${imageUri} is not valid. Provide a valid source image.`,
  );
