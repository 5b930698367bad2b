import { invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";

/** A data protection policy as it is kept. @throws Fault InvalidParameter */
export function readDataProtectionPolicy(text: string): string {
  if (Buffer.byteLength(text) > limits.dataProtectionPolicyBytes)
    throw invalidValue("DataProtectionPolicy", `must be at most ${limits.dataProtectionPolicyBytes} bytes`);
  const policy = parse(text);
  if (typeof policy !== "object" || policy === null || !Array.isArray((policy as { Statement?: unknown }).Statement))
    throw invalidValue("DataProtectionPolicy", "failed to parse policy.");
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
