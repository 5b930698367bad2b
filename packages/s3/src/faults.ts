import { Fault } from "@mayfly/kernel";

/** Errors of S3. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, in the live service's words */
const fault = (code: string, status: number, message: string, members: Readonly<Record<string, unknown>> = {}): Fault =>
  new Fault(code, message, { status, members });

export const noSuchBucket = (BucketName: string): Fault =>
  fault("NoSuchBucket", 404, "The specified bucket does not exist", { BucketName });

export const invalidBucketName = (BucketName: string): Fault =>
  fault("InvalidBucketName", 400, "The specified bucket is not valid.", { BucketName });

export const bucketAlreadyOwnedByYou = (BucketName: string): Fault =>
  fault("BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it.", {
    BucketName,
  });

export const bucketAlreadyExists = (BucketName: string): Fault =>
  fault(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    { BucketName },
  );

export const bucketNotEmpty = (BucketName: string): Fault =>
  fault("BucketNotEmpty", 409, "The bucket you tried to delete is not empty", { BucketName });

export const noSuchKey = (Key: string): Fault => fault("NoSuchKey", 404, "The specified key does not exist.", { Key });

export const noSuchVersion = (Key: string, VersionId: string): Fault =>
  fault("NoSuchVersion", 404, "The specified version does not exist.", { Key, VersionId });

export const noSuchUpload = (UploadId: string): Fault =>
  fault(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { UploadId },
  );

export const invalidArgument = (message: string, ArgumentName: string, ArgumentValue?: string): Fault =>
  fault("InvalidArgument", 400, message, { ArgumentName, ...(ArgumentValue !== undefined && { ArgumentValue }) });

/** Two configurations of a bucket's notifications that could mean one event. */
export const overlapping = (isFiltered: boolean): Fault =>
  fault(
    "InvalidArgument",
    400,
    isFiltered
      ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type."
      : "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
  );

export const invalidDestination = (ArgumentName1: string, ArgumentValue1: string): Fault =>
  fault("InvalidArgument", 400, "Unable to validate the following destination configurations", { ArgumentName1, ArgumentValue1 });

export const invalidRequest = (message: string): Fault => fault("InvalidRequest", 400, message);

export const accessDenied = (message = "Access Denied"): Fault => fault("AccessDenied", 403, message);

export const keyTooLong = (bytes: number, MaxSizeAllowed: number): Fault =>
  fault("KeyTooLongError", 400, "Your key is too long", { Size: bytes, MaxSizeAllowed });

export const metadataTooLarge = (Size: number, MaxSizeAllowed: number): Fault =>
  fault("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size", { Size, MaxSizeAllowed });

export const missingContentLength = (): Fault => fault("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");

export const entityTooLarge = (ProposedSize: number, MaxSizeAllowed: number): Fault =>
  fault("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size", { ProposedSize, MaxSizeAllowed });

export const entityTooSmall = (ProposedSize: number, MinSizeAllowed: number, PartNumber: number, ETag: string): Fault =>
  fault("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size", {
    ProposedSize,
    MinSizeAllowed,
    PartNumber,
    ETag,
  });

export const incompleteBody = (): Fault =>
  fault("IncompleteBody", 400, "You did not provide the number of bytes specified by the Content-Length HTTP header");

export const invalidDigest = (value: string): Fault =>
  fault("InvalidDigest", 400, "The Content-MD5 you specified was invalid.", { "Content-MD5": value });

export const badDigest = (message: string): Fault => fault("BadDigest", 400, message);

export const preconditionFailed = (Condition: string): Fault =>
  fault("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", { Condition });

export const notModified = (headers: Readonly<Record<string, string>>): Fault => fault("NotModified", 304, "Not Modified", { headers });

export const invalidRange = (RangeRequested: string, ActualObjectSize: number): Fault =>
  fault("InvalidRange", 416, "The requested range is not satisfiable", { RangeRequested, ActualObjectSize });

export const invalidPartNumber = (PartNumberRequested: number, ActualPartCount: number): Fault =>
  fault("InvalidPartNumber", 416, "The requested partnumber is not satisfiable", { PartNumberRequested, ActualPartCount });

/** What names a delete marker is there and can't be got. */
export const isDeleteMarker = (Key: string, headers: Readonly<Record<string, string>>): Fault =>
  fault("MethodNotAllowed", 405, "The specified method is not allowed against this resource.", {
    Method: "GET",
    ResourceType: "DeleteMarker",
    Key,
    headers,
  });

export const invalidPart = (UploadId: string, PartNumber: number, ETag: string): Fault =>
  fault(
    "InvalidPart",
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId, PartNumber, ETag },
  );

export const invalidPartOrder = (UploadId: string): Fault =>
  fault("InvalidPartOrder", 400, "The list of parts was not in ascending order. Parts must be ordered by part number.", { UploadId });

export const malformedXml = (): Fault =>
  fault("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema");

export const malformedPolicy = (message: string): Fault => fault("MalformedPolicy", 400, message);

export const invalidTag = (message: string, TagKey?: string): Fault =>
  fault("InvalidTag", 400, message, TagKey === undefined ? {} : { TagKey });

export const invalidStorageClass = (StorageClassRequested: string): Fault =>
  fault("InvalidStorageClass", 400, "The storage class you specified is not valid", { StorageClassRequested });

export const invalidLocation = (LocationConstraint: string): Fault =>
  fault("InvalidLocationConstraint", 400, "The specified location-constraint is not valid", { LocationConstraint });

export const aclNotSupported = (): Fault => fault("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");

export const notImplemented = (Header: string): Fault =>
  fault("NotImplemented", 501, "A header you provided implies functionality that is not implemented", { Header });

export const operationAborted = (): Fault =>
  fault("OperationAborted", 409, "A conflicting conditional operation is currently in progress against this resource. Please try again.");
