import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { decodePercent, encodeRfc3986, parseQuery } from "./query.ts";
import type { ParsedSignature, SignedRequest } from "./types.ts";

/** SHA-256 as text. */
export const sha256Hash = (bytes: Buffer | string, encoding: "hex" | "base64" = "hex"): string => hash("sha256", bytes, encoding);

/**
 * The canonical requests that a signature may rightly have been made over. Most requests have one. There are more where the request as received does
 * not tell which of two equal forms the client signed: headers sent repeatedly (signed joined by `,`, received joined by `, `) and, for
 * S3, paths that are not encoded the standard way.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequests(parsed: ParsedSignature, request: SignedRequest, payloadHash: string): readonly string[] {
  const query = canonicalQuery(request.query, parsed.placement === "query");
  const names = parsed.signedHeaders.toSorted();
  const headerBlocks = canonicalHeaders(names, request.headers);
  const end = `${names.join(";")}\n${payloadHash}`;
  return canonicalPaths(request.path, parsed.service).flatMap((path) =>
    headerBlocks.map((headers) => `${request.method}\n${path}\n${query}\n${headers}\n${end}`),
  );
}

/** Neither `.` nor empty segments, nothing that is or needs to be encoded: the path is its own canonical form, for every service. */
const plainPath = /^(?:\/[\w~-][\w.~-]*)+\/?$/;

/** S3 signs the path as it is sent; every other service normalizes it and encodes it once more. */
function canonicalPaths(path: string, service: string): readonly string[] {
  if (path === "" || path === "/") return ["/"];
  if (plainPath.test(path)) return [path];
  if (service !== "s3") return [normalizedSegments(path).map(encodeRfc3986).join("/")];
  const standard = path
    .split("/")
    .map((segment) => encodeRfc3986(decodePercent(segment)))
    .join("/");
  return standard === path ? [path] : [path, standard];
}

/** Without `.`, `..` and empty segments (RFC 3986 section 5.2.4); a slash at the end stays. */
function normalizedSegments(path: string): readonly string[] {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment.toWellFormed());
  }
  return kept.length > 0 && path.endsWith("/") ? ["", ...kept, ""] : kept.length === 0 ? ["", ""] : ["", ...kept];
}

function canonicalQuery(query: string, presigned: boolean): string {
  if (query === "") return "";
  const pairs = parseQuery(query)
    .filter(([name]) => !presigned || name !== "X-Amz-Signature")
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const);
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalHeaders(names: readonly string[], headers: SignedRequest["headers"]): readonly string[] {
  const text = headerBlock(names, headers);
  return text.includes(", ") ? [text, text.replaceAll(", ", ",")] : [text];
}

function headerBlock(names: readonly string[], headers: SignedRequest["headers"]): string {
  let block = "";
  for (const name of names) block += `${name}:${Object.hasOwn(headers, name) ? canonicalValue(headers[name] ?? "") : ""}\n`;
  return block;
}

/** ASCII with single blanks in it. */
const plainValue = /^[!-~]+(?: [!-~]+)*$/;

const canonicalValue = (value: string): string => (plainValue.test(value) ? value : folded(asUtf8(value)));

/** HTTP hands header bytes over as Latin-1; clients sign the UTF-8 text that they stand for. */
function asUtf8(value: string): string {
  if (!/[^\t -~]/.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  return isUtf8(bytes) && bytes.toString("latin1") === value ? bytes.toString("utf8") : value;
}

/** Runs of blanks become one. */
function folded(value: string): string {
  const trimmed = value.trim();
  return /\s\s|[\t\r\n]/.test(trimmed) ? trimmed.replace(/\s+/g, " ") : trimmed;
}
