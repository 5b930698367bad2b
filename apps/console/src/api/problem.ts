import { SigninRefused } from "../session/session.ts";

/** What the page should look like when a request failed. */
export type ProblemKind = "denied" | "not-found" | "unreachable" | "missing-part" | "signed-out" | "conflict" | "throttled" | "other";

/** An error of any service, in the one form that every page shows. */
export interface Problem {
  readonly kind: ProblemKind;
  /** AWS's code: `ResourceNotFoundException`. */
  readonly code: string;
  readonly message: string;
  readonly requestId?: string;
  /** Why Lambda throttled: `ReservedFunctionConcurrentInvocationLimitExceeded`. */
  readonly reason?: string;
  /** `lambda:CreateFunction`, when a permission is missing. */
  readonly missingAction?: string;
  /** The resource that it is missing on. */
  readonly missingOn?: string;
  /** A policy denies it: one that allows it would not help. */
  readonly isForbidden?: true;
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly Code?: string;
  readonly Reason?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** What browsers say when a request did not reach the server. */
const networkFailure = /failed to fetch|networkerror|load failed|network connection/i;

/** Whether an error says that a part of the console could not be fetched: the server was away, the network changed, or the server has other parts since. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|Importing a module|Unable to preload/.test(error.message);

const denial = /not authorized to perform: (\S+)(?: on resource: (\S+))?/;

const kindsByCode: Readonly<Record<string, ProblemKind>> = {
  ResourceNotFoundException: "not-found",
  NoSuchEntity: "not-found",
  NoSuchEntityException: "not-found",
  NotFoundException: "not-found",
  NotFound: "not-found",
  "AWS.SimpleQueueService.NonExistentQueue": "not-found",
  NoSuchBucket: "not-found",
  NoSuchBucketPolicy: "not-found",
  NoSuchCORSConfiguration: "not-found",
  NoSuchKey: "not-found",
  NoSuchLifecycleConfiguration: "not-found",
  NoSuchPublicAccessBlockConfiguration: "not-found",
  NoSuchTagSet: "not-found",
  NoSuchVersion: "not-found",
  PreconditionFailedException: "conflict",
  ResourceConflictException: "conflict",
  PreconditionFailed: "conflict",
  SlowDown: "throttled",
  TooManyRequestsException: "throttled",
  ThrottlingException: "throttled",
  ExpiredTokenException: "signed-out",
  ExpiredToken: "signed-out",
  UnrecognizedClientException: "signed-out",
  InvalidClientTokenId: "signed-out",
  InvalidAccessKeyId: "signed-out",
};

/** The one funnel: whatever was thrown by a request, as a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SigninRefused) return { kind: "signed-out", code: error.code, message: error.message };
  const { name, Code, Reason, message, $metadata } = (error ?? {}) as SdkError;
  const code = Code ?? name ?? "Error";
  // Asking again helps nothing here: a browser does not fetch anew what it could not get once, until the page is loaded anew.
  if (isMissingPart(error)) return { kind: "missing-part", code: "PartMissing", message: "Reload the page to go on." };
  if (error instanceof TypeError && networkFailure.test(error.message))
    return { kind: "unreachable", code: "ServerUnreachable", message: "The Mayfly server does not answer." };
  const text = message === undefined || message === "" ? code : message;
  const base = { code, message: text, ...($metadata?.requestId && { requestId: $metadata.requestId }), ...(Reason && { reason: Reason }) };
  // What a setting of the bucket prevents no permission allows.
  const missing = text.includes("S3 Block Public Access") ? null : denial.exec(text);
  if (missing?.[1]) {
    const isForbidden = text.includes("with an explicit deny");
    return {
      ...base,
      kind: "denied",
      missingAction: missing[1],
      ...(missing[2] && { missingOn: missing[2] }),
      ...(isForbidden && { isForbidden }),
    };
  }
  // An answer to HEAD has no body that could say more.
  const isUntold = $metadata?.httpStatusCode === 403 && /^(403|Forbidden|Unknown(Error)?)$/.test(code);
  if (code.startsWith("AccessDenied") || isUntold) return { ...base, kind: "denied" };
  return { ...base, kind: kindsByCode[code] ?? "other" };
}
