import { Fault } from "@mayfly/kernel";
import type { AuthenticationFailure } from "./authentication-fault.ts";

type Kind = AuthenticationFailure["kind"];

/** Code, status, and the text where S3 has one of its own. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const answers: Record<Kind, readonly [code: string, status: number, message?: string]> = {
  unsigned: ["AccessDenied", 403, "Access Denied"],
  "unknown-key": ["InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."],
  "inactive-key": ["InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."],
  "invalid-token": ["InvalidToken", 400, "The provided token is malformed or otherwise invalid."],
  "expired-token": ["ExpiredToken", 400, "The provided token has expired."],
  "incomplete-signature": ["AuthorizationHeaderMalformed", 400],
  "signature-mismatch": [
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ],
  "signature-expired": ["RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."],
  "signature-not-yet-current": ["RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."],
  "unsigned-headers": ["AccessDenied", 403, "There were headers present in the request which were not signed"],
  "payload-mismatch": ["XAmzContentSHA256Mismatch", 400],
  "wrong-service": [
    "AuthorizationHeaderMalformed",
    400,
    'The authorization header is malformed; incorrect service. This endpoint belongs to "s3".',
  ],
  "wrong-region": ["AuthorizationHeaderMalformed", 400, "The authorization header is malformed; the region is wrong."],
};

/** Where the signature is in the URL. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
const presignedAnswers: Partial<typeof answers> = {
  "incomplete-signature": ["AuthorizationQueryParametersError", 400],
  "signature-expired": ["AccessDenied", 403, "Request has expired"],
};

/** What S3 answers to credentials that it refuses. */
export function bucketAuthenticationFault(failure: AuthenticationFailure, isPresigned: boolean): Fault {
  const [code, status, message] = (isPresigned && presignedAnswers[failure.kind]) || answers[failure.kind];
  return new Fault(code, message ?? ("message" in failure ? failure.message : ""), { status });
}
