import { createHmac, timingSafeEqual } from "node:crypto";
import type { SigningKeys } from "./signing-keys.ts";

/** The signature of a form that is posted to a bucket, read from its fields. */
export type PostSignature =
  | {
      readonly version: 4;
      readonly accessKeyId: string;
      readonly sessionToken: string | undefined;
      readonly scopeDate: string;
      readonly region: string;
      readonly signature: string;
    }
  | { readonly version: 2; readonly accessKeyId: string; readonly sessionToken: string | undefined; readonly signature: string };

/** What {@link readPostSignature} answers. */
export type ReadPostSignature =
  | { readonly outcome: "unsigned" }
  | { readonly outcome: "missing-field"; readonly field: string }
  | { readonly outcome: "malformed"; readonly detail: string }
  | { readonly outcome: "signed"; readonly signature: PostSignature };

const algorithm = "AWS4-HMAC-SHA256";
const fieldsOfV4 = ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date"];
const fieldsOfV2 = ["Signature", "AWSAccessKeyId"];

/**
 * @param fields by names in lower case
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function readPostSignature(fields: ReadonlyMap<string, string>): ReadPostSignature {
  const has = (name: string): boolean => fields.has(name.toLowerCase());
  const needed = [fieldsOfV4, fieldsOfV2].find((names) => names.some(has));
  if (needed === undefined) return { outcome: "unsigned" };
  const missing = [...needed, "Policy"].find((name) => !has(name));
  if (missing !== undefined) return { outcome: "missing-field", field: missing };
  const sessionToken = fields.get("x-amz-security-token");
  const text = (name: string): string => fields.get(name.toLowerCase()) ?? "";
  if (needed === fieldsOfV2)
    return {
      outcome: "signed",
      signature: { version: 2, accessKeyId: text("AWSAccessKeyId"), sessionToken, signature: text("Signature") },
    };
  if (text("X-Amz-Algorithm") !== algorithm) return { outcome: "malformed", detail: `X-Amz-Algorithm only supports "${algorithm}"` };
  const [accessKeyId = "", scopeDate = "", region = "", service, terminator, ...rest] = text("X-Amz-Credential").split("/");
  if (!accessKeyId || !/^\d{8}$/.test(scopeDate) || !region || terminator !== "aws4_request" || rest.length > 0)
    return malformed('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  if (service !== "s3") return malformed('incorrect service. This endpoint belongs to "s3".');
  const date = text("X-Amz-Date");
  if (!/^\d{8}T\d{6}Z$/.test(date))
    return { outcome: "malformed", detail: "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"" };
  if (!date.startsWith(scopeDate)) return malformed(`incorrect date "${scopeDate}". It must be that of X-Amz-Date.`);
  return {
    outcome: "signed",
    signature: { version: 4, accessKeyId, sessionToken, scopeDate, region, signature: text("X-Amz-Signature") },
  };
}

const malformed = (what: string): ReadPostSignature => ({
  outcome: "malformed",
  detail: `Error parsing the X-Amz-Credential parameter; ${what}`,
});

/** Whether the field `policy` was signed, as it lies in the form, in Base64. */
export function isPolicySigned(parsed: PostSignature, policy: string, secretAccessKey: string, signingKeys: SigningKeys): boolean {
  const [expected, given] =
    parsed.version === 2
      ? [createHmac("sha1", secretAccessKey).update(policy).digest(), Buffer.from(parsed.signature, "base64")]
      : [
          Buffer.from(signingKeys.get(secretAccessKey, parsed.scopeDate, parsed.region, "s3").sign(policy), "hex"),
          Buffer.from(parsed.signature, "hex"),
        ];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
