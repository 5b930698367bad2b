import { Fault } from "@mayfly/kernel";

const user = { Type: "User" };

/** 400 InvalidParameterValueException */
export const invalidParameter = (message: string): Fault => new Fault("InvalidParameterValueException", message, { members: user });

/** An InvalidParameterValueException in the words of a broken model constraint, where AWS checks one in the service itself. */
export const constraintBroken = (value: string, path: string, tail: string): Fault =>
  invalidParameter(`1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${tail}`);

/** 404 ResourceNotFoundException */
export const notFound = (message: string): Fault => new Fault("ResourceNotFoundException", message, { members: user });

/** 404 for a layer, or a version of one. */
export const layerNotFound = (): Fault => notFound("The resource you requested does not exist.");

/** 404 for a function; `arn` qualified as AWS words it for the operation. */
export const functionNotFound = (arn: string): Fault => notFound(`Function not found: ${arn}`);

/** 409 ResourceConflictException */
export const conflict = (message: string): Fault => new Fault("ResourceConflictException", message, { members: user });

/** 412 for a RevisionId that is no longer the latest. @param api which tells the latest */
export const revisionMismatch = (api: "GetFunction/GetAlias" | "GetLayerPolicy" = "GetFunction/GetAlias"): Fault =>
  new Fault(
    "PreconditionFailedException",
    `The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`,
    { members: user },
  );

/** 409 for a statement id that the policy has. */
export const statementExists = (id: string): Fault =>
  conflict(`The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`);

/** 400 PolicyLengthExceededException */
export const policyTooLong = (bytes: number, limit: number): Fault =>
  new Fault("PolicyLengthExceededException", `The final policy size (${bytes}) is bigger than the limit (${limit}).`, { members: user });

/** 413; the code on the wire differs from the model's RequestTooLargeException. */
export const entityTooLarge = (message: string): Fault =>
  new Fault("RequestEntityTooLargeException", message, { members: user, status: 413 });

/** Why an invocation was throttled. */
export type ThrottleReason =
  | "ReservedFunctionConcurrentInvocationLimitExceeded"
  | "ReservedFunctionInvocationRateLimitExceeded"
  | "ConcurrentInvocationLimitExceeded"
  | "FunctionInvocationRateLimitExceeded";

/** 429 TooManyRequestsException */
export const throttled = (reason: ThrottleReason): Fault =>
  new Fault("TooManyRequestsException", "Rate Exceeded.", { members: { ...user, Reason: reason } });

/** 400 for an event that is no JSON. */
export const invalidRequestContent = (message: string, type: "User" | null = "User"): Fault =>
  new Fault("InvalidRequestContentException", message, { members: type === null ? {} : { Type: type } });

/** 500, for what is this server's fault or the machine's. */
export const serviceFault = (message: string, cause?: unknown): Fault =>
  new Fault("ServiceException", message, { members: { Type: "Service" }, status: 500, cause });
