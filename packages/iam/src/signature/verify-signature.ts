import { timingSafeEqual } from "node:crypto";
import { canonicalRequests, sha256Hash } from "./canonical.ts";
import { openChunkedBody, SignatureChain } from "./chunked-body.ts";
import { bodyMismatch, expired, mismatch, notYetCurrent } from "./failures.ts";
import type { HmacKey } from "./hmac-key.ts";
import { isPolicySigned, type PostSignature } from "./post-signature.ts";
import { readSignature } from "./read-signature.ts";
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts";
import { createTimestampReader } from "./timestamp.ts";
import type { BodyCheck } from "./verified-body.ts";
import {
  signatureLimits,
  type ParsedSignature,
  type ReadSignature,
  type SignatureFailure,
  type SignedRequest,
  type VerifiedSignature,
} from "./types.ts";

/** Reads and checks signatures, with signing keys kept from one request to the next. One per server. */
export interface SignatureVerifier {
  /** See {@link readSignature}. */
  read(request: SignedRequest): ReadSignature;
  /** See {@link verifySignature}. */
  verify(parsed: ParsedSignature, request: SignedRequest, secretAccessKey: string, nowMs: number): VerifiedSignature;
  /** See {@link verifyHead}. */
  verifyHead(parsed: ParsedSignature, request: SignedRequest, secretAccessKey: string, nowMs: number): VerifiedHead;
  /** See {@link isPolicySigned}. */
  isPolicySigned(parsed: PostSignature, policy: string, secretAccessKey: string): boolean;
}

/** A verifier with its own cache of signing keys. */
export function createSignatureVerifier(signingKeys: SigningKeys = createSigningKeys()): SignatureVerifier {
  const timestamps = createTimestampReader();
  return {
    read: (request) => readSignature(request, timestamps),
    verify: (parsed, request, secretAccessKey, nowMs) => verifySignature(parsed, request, secretAccessKey, nowMs, signingKeys),
    verifyHead: (parsed, request, secretAccessKey, nowMs) => verifyHead(parsed, request, secretAccessKey, nowMs, signingKeys),
    isPolicySigned: (parsed, policy, secretAccessKey) => isPolicySigned(parsed, policy, secretAccessKey, signingKeys),
  };
}

/** What {@link verifyHead} answers. */
export type VerifiedHead =
  | { readonly ok: true; readonly bodyCheck: BodyCheck }
  | { readonly ok: false; readonly failure: SignatureFailure };

/**
 * Checks a signature by the request's head alone, before its body is here, as S3's clients allow: they say the body's hash, or that it is not signed.
 * The body is checked as it arrives ({@link readVerified}).
 */
function verifyHead(
  parsed: ParsedSignature,
  request: SignedRequest,
  secretAccessKey: string,
  nowMs: number,
  signingKeys: SigningKeys,
): VerifiedHead {
  const early = checkSignedHeaders(parsed, request) ?? checkTime(parsed, nowMs);
  if (early) return { ok: false, failure: early };
  const signingKey = signingKeys.get(secretAccessKey, parsed.scopeDate, parsed.region, parsed.service);
  const { payload } = parsed;
  if (!isSignedWith(signingKey, parsed, request, payload.declared ?? emptyHash)) return { ok: false, failure: mismatch };
  if (payload.kind === "chunked") return { ok: true, bodyCheck: { ...payload, chain: new SignatureChain(parsed, signingKey) } };
  if (payload.kind === "unsigned") return { ok: true, bodyCheck: { kind: "none" } };
  return { ok: true, bodyCheck: { kind: "hash", sha256Hex: (payload.declared ?? emptyHash).toLowerCase() } };
}

const emptyHash = sha256Hash("");

/**
 * Checks a signature that {@link readSignature} found in the same request.
 * @param nowMs epoch milliseconds
 * @param signingKeys kept by the caller; without them the key is derived anew
 */
export function verifySignature(
  parsed: ParsedSignature,
  request: SignedRequest,
  secretAccessKey: string,
  nowMs: number,
  signingKeys: SigningKeys = createSigningKeys(1),
): VerifiedSignature {
  const early = checkSignedHeaders(parsed, request) ?? checkTime(parsed, nowMs);
  if (early) return { ok: false, failure: early };
  const signingKey = signingKeys.get(secretAccessKey, parsed.scopeDate, parsed.region, parsed.service);
  const computedHash = parsed.payload.kind === "hashed" ? sha256Hash(request.body) : undefined;
  if (!isSignedWith(signingKey, parsed, request, parsed.payload.declared ?? computedHash ?? "")) return { ok: false, failure: mismatch };
  if (computedHash !== undefined && parsed.payload.declared !== undefined && parsed.payload.declared.toLowerCase() !== computedHash) {
    return { ok: false, failure: parsed.service === "s3" ? bodyMismatch : mismatch };
  }
  return openChunkedBody(parsed, request, signingKey);
}

function isSignedWith(signingKey: HmacKey, parsed: ParsedSignature, request: SignedRequest, payloadHash: string): boolean {
  const given = Buffer.from(parsed.signature, "hex");
  const scope = `${parsed.scopeDate}/${parsed.region}/${parsed.service}/aws4_request`;
  for (const canonical of canonicalRequests(parsed, request, payloadHash)) {
    const expected = signingKey.sign(`AWS4-HMAC-SHA256\n${parsed.timestamp}\n${scope}\n${sha256Hash(canonical)}`);
    if (timingSafeEqual(given, Buffer.from(expected, "hex"))) return true;
  }
  return false;
}

/** `host` must be signed, and every `x-amz-` header that was sent: else a middleman could add one. */
function checkSignedHeaders(parsed: ParsedSignature, request: SignedRequest): SignatureFailure | undefined {
  if (!parsed.signedHeaders.includes("host")) return unsignedHeader("Host");
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-amz-") && request.headers[name] !== undefined && !parsed.signedHeaders.includes(name))
      return unsignedHeader(name);
  }
  return undefined;
}

const unsignedHeader = (name: string): SignatureFailure => ({
  kind: "unsigned-headers",
  message: `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
});

function checkTime(parsed: ParsedSignature, nowMs: number): SignatureFailure | undefined {
  const skewMs = parsed.service === "s3" ? signatureLimits.bucketClockSkewMs : signatureLimits.clockSkewMs;
  if (parsed.signedAtMs > nowMs + skewMs) return notYetCurrent(parsed.timestamp, nowMs);
  const validForMs = parsed.expiresSeconds === undefined ? skewMs : parsed.expiresSeconds * 1000;
  return parsed.signedAtMs + validForMs < nowMs ? expired(parsed.timestamp, nowMs, validForMs) : undefined;
}
