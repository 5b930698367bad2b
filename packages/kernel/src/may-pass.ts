import { AccessDenied, isFault } from "./fault.ts";

/** Codes of what passes. */
const passing =
  /Throttl|TooManyRequests|ServiceUnavailable|ServiceException|InternalError|InternalFailure|ResourceConflict|ResourceNotReady|OverLimit/;

/**
 * True of an error of a service's that another attempt may not meet: it was busy, or failed. What it refused (no such thing, no permission, an input that
 * it does not take) it will refuse again.
 */
export function mayPass(error: unknown): boolean {
  if (error instanceof AccessDenied) return false;
  if (isFault(error)) return passing.test(error.code);
  return !isRemoteRefusal(error);
}

/** An answer of a service at another endpoint: the SDK's error, with its status. */
const isRemoteRefusal = (error: unknown): boolean => {
  const { $metadata, name } = error as { readonly $metadata?: { readonly httpStatusCode?: number }; readonly name: string };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && status !== 429 && !passing.test(name);
};
