export { readPostSignature, type PostSignature } from "./post-signature.ts";
export { isQueryV2Signed, readQueryV2, type QueryV2 } from "./query-v2.ts";
export { readSignature } from "./read-signature.ts";
export { createSigningKeys, type SigningKeys } from "./signing-keys.ts";
export * from "./types.ts";
export { readVerified, UnverifiedBody, type BodyCheck } from "./verified-body.ts";
export { createSignatureVerifier, verifySignature, type SignatureVerifier, type VerifiedHead } from "./verify-signature.ts";
