import { createHmac, timingSafeEqual } from "node:crypto";

/** Where downloads of deployment packages lie on this server. */
export const codePathPrefix = "/_mayfly/code/";

/** Which package a signed URL leads to. */
export interface CodeLocation {
  readonly accountId: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

const signature = (secret: Uint8Array, location: CodeLocation, expiresAtMs: number): Buffer =>
  createHmac("sha256", secret).update(`code\n${location.accountId}\n${location.sha256}\n${expiresAtMs}`).digest();

/** A URL that downloads the package without further credentials until it expires. */
export function signCodeUrl(secret: Uint8Array, endpoint: string, location: CodeLocation, expiresAtMs: number): string {
  const signed = signature(secret, location, expiresAtMs).toString("hex");
  return `${endpoint}${codePathPrefix}${location.accountId}/${location.sha256}?Expires=${expiresAtMs}&Signature=${signed}`;
}

/** The package that a URL of {@link signCodeUrl} leads to, or why it leads to none. */
export function readCodeUrl(secret: Uint8Array, path: string, query: string, nowMs: number): CodeLocation | "invalid" | "expired" {
  const match = /^\/_mayfly\/code\/(\d{12})\/([0-9a-f]{64})$/.exec(path);
  const parameters = new URLSearchParams(query);
  const expires = parameters.get("Expires") ?? "";
  if (match === null || !/^\d{1,15}$/.test(expires)) return "invalid";
  const [, accountId = "", sha256 = ""] = match;
  const location = { accountId, sha256 };
  const given = Buffer.from(parameters.get("Signature") ?? "", "hex");
  const expected = signature(secret, location, Number(expires));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "invalid";
  return Number(expires) <= nowMs ? "expired" : location;
}
