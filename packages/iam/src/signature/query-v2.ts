import { createHmac, timingSafeEqual } from "node:crypto";
import { parseQuery } from "./query.ts";
import type { SignedRequest } from "./types.ts";

/** A URL that was signed in S3's old way, which boto3 still takes by default. */
export interface QueryV2 {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly expires: string;
  readonly sessionToken: string | undefined;
}

/** What of a query is part of the resource's name. */
const subresources: ReadonlySet<string> = new Set(
  "acl cors delete lifecycle location logging notification partNumber policy requestPayment tagging torrent uploadId uploads versionId versioning versions website response-cache-control response-content-disposition response-content-encoding response-content-language response-content-type response-expires".split(
    " ",
  ),
);

/** Undefined if a request has none. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth */
export function readQueryV2({ query }: Pick<SignedRequest, "query">): QueryV2 | undefined {
  if (!query.includes("AWSAccessKeyId=")) return undefined;
  const parameters = new Map(parseQuery(query));
  const [accessKeyId, signature, expires] = ["AWSAccessKeyId", "Signature", "Expires"].map((name) => parameters.get(name));
  if (!accessKeyId || !signature || !expires) return undefined;
  return { accessKeyId, signature, expires, sessionToken: parameters.get("x-amz-security-token") };
}

/**
 * Whether the signature is the request's; its time is the caller's to check.
 * @param bucketInHost the bucket that Host names, if it does
 */
export function isQueryV2Signed(
  parsed: QueryV2,
  request: SignedRequest,
  secretAccessKey: string,
  bucketInHost: string | undefined,
): boolean {
  const { method, path, headers } = request;
  const named = parseQuery(request.query)
    .filter(([name]) => subresources.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const amz = [
    ...Object.entries(headers).filter(([name]) => name.startsWith("x-amz-")),
    ...(parsed.sessionToken === undefined ? [] : [["x-amz-security-token", parsed.sessionToken] as const]),
  ]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value ?? ""}\n`)
    .join("");
  const resource = `${bucketInHost === undefined ? "" : `/${bucketInHost}`}${path}${named.length > 0 ? `?${named.join("&")}` : ""}`;
  const text = `${method}\n${headers["content-md5"] ?? ""}\n${headers["content-type"] ?? ""}\n${parsed.expires}\n${amz}${resource}`;
  const expected = createHmac("sha1", secretAccessKey).update(text).digest();
  const given = Buffer.from(parsed.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
