import { formatTimestamp } from "./timestamp.ts";
import { signatureLimits, type SignatureFailure } from "./types.ts";

/** AWS's answer to any signature that is not the request's. */
export const mismatch: SignatureFailure = {
  kind: "signature-mismatch",
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
};

/** The signature cannot be read. */
export const incomplete = (message: string): SignatureFailure => ({ kind: "incomplete-signature", message });

const minutes = (ms: number): string => `${Math.floor(ms / 60_000)} min.`;

/** @param validForMs for how long after its time the signature was good */
export function expired(timestamp: string, nowMs: number, validForMs: number): SignatureFailure {
  const earliest = formatTimestamp(nowMs - validForMs);
  return {
    kind: "signature-expired",
    message: `Signature expired: ${timestamp} is now earlier than ${earliest} (${formatTimestamp(nowMs)} - ${minutes(validForMs)})`,
  };
}

/** The signer's clock is ahead. */
export function notYetCurrent(timestamp: string, nowMs: number): SignatureFailure {
  const latest = formatTimestamp(nowMs + signatureLimits.clockSkewMs);
  return {
    kind: "signature-not-yet-current",
    message: `Signature not yet current: ${timestamp} is still later than ${latest} (${formatTimestamp(nowMs)} + ${minutes(signatureLimits.clockSkewMs)})`,
  };
}

/** A body has another hash than the one that was signed. */
export const bodyMismatch: SignatureFailure = {
  kind: "payload-mismatch",
  message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
};
