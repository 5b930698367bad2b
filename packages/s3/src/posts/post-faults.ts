import { Fault } from "@mayfly/kernel";

/** Errors of posted forms, in S3's words. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const fault = (code: string, status: number, message: string, members: Readonly<Record<string, unknown>> = {}): Fault =>
  new Fault(code, message, { status, members });

const invalidField = (message: string, ArgumentName: string, ArgumentValue: string): Fault =>
  fault("InvalidArgument", 400, message, { ArgumentName, ArgumentValue });

export const notFormData = (): Fault =>
  fault("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", {
    Condition: "Bucket POST must be of the enclosure-type multipart/form-data",
  });

export const malformedPost = (): Fault =>
  fault("MalformedPOSTRequest", 400, "The body of your POST request is not well-formed multipart/form-data.");

export const fieldsTooLarge = (): Fault =>
  fault("MaxPostPreDataLengthExceeded", 400, "Your POST request fields preceding the upload file were too large.");

export const notOneFile = (count: number): Fault =>
  invalidField("POST requires exactly one file upload per request.", "file", String(count));

/** The two spaces are S3's. */
export const missingField = (name: string): Fault =>
  invalidField(`Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`, name, "");

export const emptyKey = (): Fault => invalidField("User key must have a length greater than 0.", "key", "");

export const malformedCredential = (detail: string): Fault => fault("AuthorizationQueryParametersError", 400, detail);

export const invalidPolicy = (detail: string): Fault => fault("InvalidPolicyDocument", 400, `Invalid Policy: ${detail}`);

export const againstPolicy = (detail: string): Fault => fault("AccessDenied", 403, `Invalid according to Policy: ${detail}`);

export const fileTooSmall = (ProposedSize: number, MinSizeAllowed: number): Fault =>
  fault("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size", { ProposedSize, MinSizeAllowed });
