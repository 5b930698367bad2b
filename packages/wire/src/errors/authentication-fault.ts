import { Fault, type CredentialsRefusal, type ServiceName } from "@mayfly/kernel";
import { bucketAuthenticationFault } from "./bucket-authentication.ts";
import { serviceRows, type ErrorFamily } from "../services/service-rows.ts";

/** What a signature verifier finds wrong and words itself, since the text holds the request's own facts. */
export type WordedAuthenticationFailure =
  /** It cannot be read: a part is missing or malformed. */
  | "incomplete-signature"
  /** It is not this request's. */
  | "signature-mismatch"
  /** The clocks differ by too much, or a presigned URL is too old. */
  | "signature-expired"
  | "signature-not-yet-current"
  /** A header that must be signed is not. */
  | "unsigned-headers"
  /** The body is not the one that was signed. */
  | "payload-mismatch";

/** Why a request's credentials are refused. */
export type AuthenticationFailure =
  | { readonly kind: "unsigned" | CredentialsRefusal }
  /** The credential scope names another service, or nothing that is a region. */
  | { readonly kind: "wrong-service" | "wrong-region" }
  | { readonly kind: WordedAuthenticationFailure; readonly message: string };

type FailureKind = AuthenticationFailure["kind"];
type FailureClass = "unsigned" | "incomplete" | "unknown" | "mismatch" | "expired";

const classOf: Record<FailureKind, FailureClass> = {
  unsigned: "unsigned",
  "incomplete-signature": "incomplete",
  "unknown-key": "unknown",
  "inactive-key": "unknown",
  "invalid-token": "unknown",
  "expired-token": "expired",
  "signature-mismatch": "mismatch",
  "signature-expired": "mismatch",
  "signature-not-yet-current": "mismatch",
  "unsigned-headers": "mismatch",
  "payload-mismatch": "mismatch",
  "wrong-service": "mismatch",
  "wrong-region": "mismatch",
};

const jsonCodes: Record<FailureClass, string> = {
  unsigned: "MissingAuthenticationTokenException",
  incomplete: "IncompleteSignatureException",
  unknown: "UnrecognizedClientException",
  mismatch: "InvalidSignatureException",
  expired: "ExpiredTokenException",
};

/** https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html, https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const codes: Record<Exclude<ErrorFamily, "s3">, Record<FailureClass, string>> = {
  restJson: jsonCodes,
  awsJson: jsonCodes,
  query: {
    unsigned: "MissingAuthenticationToken",
    incomplete: "IncompleteSignature",
    unknown: "InvalidClientTokenId",
    mismatch: "SignatureDoesNotMatch",
    expired: "ExpiredToken",
  },
};

/** Of the JSON RPC services alone all of them are 400; Query has 400 for what cannot be read. */
const statusOf: Record<Exclude<ErrorFamily, "s3">, (failure: FailureClass) => number> = {
  restJson: () => 403,
  awsJson: () => 400,
  query: (failure) => (failure === "incomplete" ? 400 : 403),
};

const texts: Record<Exclude<FailureKind, WordedAuthenticationFailure>, (service: ServiceName) => string> = {
  unsigned: (service) =>
    serviceRows[service].errorFamily === "restJson" ? "Missing Authentication Token" : "Request is missing Authentication Token",
  "unknown-key": () => "The security token included in the request is invalid.",
  "inactive-key": () => "The security token included in the request is invalid.",
  "invalid-token": () => "The security token included in the request is invalid.",
  "expired-token": () => "The security token included in the request is expired",
  "wrong-service": (service) => `Credential should be scoped to correct service: '${service}'. `,
  "wrong-region": () => "Credential should be scoped to a valid region. ",
};

/**
 * The error that a service answers to a request whose credentials it refuses: code, text and status as AWS words them for
 * that service's family (JSON services `UnrecognizedClientException`, Query ones `InvalidClientTokenId`).
 */
export function authenticationFault(service: ServiceName, failure: AuthenticationFailure, isPresigned = false): Fault {
  const { errorFamily } = serviceRows[service];
  if (errorFamily === "s3") return bucketAuthenticationFault(failure, isPresigned);
  const failureClass = classOf[failure.kind];
  const message = "message" in failure ? failure.message : texts[failure.kind](service);
  return new Fault(codes[errorFamily][failureClass], message, { status: statusOf[errorFamily](failureClass) });
}
