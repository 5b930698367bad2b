export { readSignature } from "./read-signature.ts";
export { createSigningKeys, type SigningKeys } from "./signing-keys.ts";
export * from "./types.ts";
export { createSignatureVerifier, verifySignature, type SignatureVerifier } from "./verify-signature.ts";
