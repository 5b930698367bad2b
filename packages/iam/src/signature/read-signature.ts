import { sha256Hash } from "./canonical.ts";
import { incomplete, mismatch } from "./failures.ts";
import { parseQuery } from "./query.ts";
import { formatTimestamp, readTimestamp, type SigningTime, type TimestampReader } from "./timestamp.ts";
import {
  signatureLimits,
  type ParsedSignature,
  type PayloadForm,
  type ReadSignature,
  type SignatureFailure,
  type SignedRequest,
} from "./types.ts";

const algorithm = "AWS4-HMAC-SHA256";

/** The texts of a signature, as header and query both give them. */
interface SignatureTexts {
  readonly placement: "header" | "query";
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly expires: string | undefined;
  readonly sessionToken: string | undefined;
  readonly contentSha256: string | undefined;
}

/**
 * Finds and parses a request's SigV4 signature, in the Authorization header or in the query. Checks nothing that needs the secret or the time.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function readSignature(request: SignedRequest, timestamps: TimestampReader = readTimestamp): ReadSignature {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return interpret(textsOfHeader(authorization, request.headers), timestamps);
  if (!/(^|&)X-Amz-(Algorithm|Credential|Signature)=/.test(request.query)) return { outcome: "unsigned" };
  return interpret(textsOfQuery(request), timestamps);
}

type Read<T> = T | { readonly failure: SignatureFailure };

function textsOfHeader(authorization: string, headers: SignedRequest["headers"]): Read<SignatureTexts> {
  const space = authorization.indexOf(" ");
  const scheme = space === -1 ? authorization : authorization.slice(0, space);
  if (scheme !== algorithm && scheme.startsWith("AWS4-")) return { failure: incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`) };
  const parts = { Credential: "", Signature: "", SignedHeaders: "" };
  for (const part of authorization.slice(scheme.length).split(",")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, equals).trimStart();
    if (equals !== -1 && isPart(name, parts)) parts[name] = part.slice(equals + 1).trimEnd();
  }
  const date = headers["x-amz-date"] ?? headers.date;
  if (date === undefined || !parts.Credential || !parts.Signature || !parts.SignedHeaders) {
    return { failure: incompleteHeader(authorization, parts, date) };
  }
  return {
    placement: "header",
    credential: parts.Credential,
    signedHeaders: parts.SignedHeaders,
    signature: parts.Signature,
    date,
    expires: undefined,
    sessionToken: headers["x-amz-security-token"],
    contentSha256: headers["x-amz-content-sha256"],
  };
}

const isPart = <Parts extends object>(name: PropertyKey, parts: Parts): name is keyof Parts => Object.hasOwn(parts, name);

function incompleteHeader(authorization: string, parts: Readonly<Record<string, string>>, date: string | undefined): SignatureFailure {
  const missing = Object.entries(parts)
    .filter(([, value]) => value === "")
    .map(([name]) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  return incomplete(
    `${missing.join(" ")} (Hashed with SHA-256 and encoded with Base64) Authorization=${sha256Hash(authorization, "base64")}`,
  );
}

function textsOfQuery(request: SignedRequest): Read<SignatureTexts> {
  const parameters = new Map<string, string>();
  for (const [name, value] of parseQuery(request.query)) if (!parameters.has(name)) parameters.set(name, value);
  const needed = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];
  const missing = needed.filter((name) => !parameters.get(name)).map((name) => `AWS query-string parameters must include '${name}'.`);
  if (missing.length > 0) return { failure: incomplete(`${missing.join(" ")} Re-examine the query-string parameters.`) };
  const given = parameters.get("X-Amz-Algorithm") ?? "";
  if (given !== algorithm) return { failure: incomplete(`Unsupported AWS 'algorithm': '${given}'.`) };
  return {
    placement: "query",
    credential: parameters.get("X-Amz-Credential") ?? "",
    signedHeaders: parameters.get("X-Amz-SignedHeaders") ?? "",
    signature: parameters.get("X-Amz-Signature") ?? "",
    date: parameters.get("X-Amz-Date") ?? "",
    expires: parameters.get("X-Amz-Expires"),
    sessionToken: parameters.get("X-Amz-Security-Token") ?? request.headers["x-amz-security-token"],
    contentSha256: parameters.get("X-Amz-Content-Sha256") ?? request.headers["x-amz-content-sha256"],
  };
}

function interpret(texts: Read<SignatureTexts>, timestamps: TimestampReader): ReadSignature {
  if ("failure" in texts) return { outcome: "failure", failure: texts.failure };
  const read = signatureOf(texts, timestamps);
  return "failure" in read ? { outcome: "failure", failure: read.failure } : { outcome: "signed", signature: read };
}

function signatureOf(texts: SignatureTexts, timestamps: TimestampReader): Read<ParsedSignature> {
  const [accessKeyId, scopeDate, region, service, terminator, ...rest] = texts.credential.split("/");
  if (!accessKeyId || !scopeDate || !region || !service || terminator === undefined || rest.length > 0) {
    return {
      failure: incomplete(
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${texts.credential}'`,
      ),
    };
  }
  const signedAt = timestamps(texts.date) ?? (texts.placement === "header" ? readHttpDate(texts.date) : undefined);
  if (signedAt === undefined) {
    return {
      failure: incomplete(`Date must be in ISO-8601 'basic format'. Got '${texts.date}'. See http://en.wikipedia.org/wiki/ISO_8601`),
    };
  }
  const { signedAtMs, timestamp } = signedAt;
  const failure = checkScope(scopeDate, terminator, timestamp) ?? checkExpires(texts);
  if (failure) return { failure };
  if (!/^[0-9a-f]{64}$/.test(texts.signature)) return { failure: mismatch };
  const payload = payloadForm(texts, service);
  if ("failure" in payload) return payload;
  return {
    accessKeyId,
    sessionToken: texts.sessionToken,
    region,
    service,
    signedAtMs,
    payload,
    placement: texts.placement,
    scopeDate,
    timestamp,
    signedHeaders: texts.signedHeaders.toLowerCase().split(";"),
    signature: texts.signature,
    expiresSeconds: texts.expires === undefined ? undefined : Number(texts.expires),
  };
}

/** The `Date` header's form, e.g. `Mon, 09 Sep 2011 23:36:00 GMT`. */
function readHttpDate(text: string): SigningTime | undefined {
  if (!/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return undefined;
  const signedAtMs = Date.parse(text);
  return Number.isNaN(signedAtMs) ? undefined : { signedAtMs, timestamp: formatTimestamp(signedAtMs) };
}

function checkScope(scopeDate: string, terminator: string, timestamp: string): SignatureFailure | undefined {
  if (terminator !== "aws4_request") {
    return {
      kind: "signature-mismatch",
      message: `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    };
  }
  const date = timestamp.slice(0, 8);
  if (scopeDate === date) return undefined;
  return {
    kind: "signature-mismatch",
    message: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${date}', from '${timestamp}'.`,
  };
}

function checkExpires({ expires }: SignatureTexts): SignatureFailure | undefined {
  if (expires === undefined) return undefined;
  if (!/^-?\d+$/.test(expires)) return incomplete("X-Amz-Expires should be a number");
  if (Number(expires) < 0) return incomplete("X-Amz-Expires must be non-negative");
  if (Number(expires) < 1) return incomplete("X-Amz-Expires must be at least 1 second");
  if (Number(expires) <= signatureLimits.maxExpiresSeconds) return undefined;
  return incomplete(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${signatureLimits.maxExpiresSeconds} seconds`,
  );
}

const namedForms: ReadonlyMap<string, PayloadForm> = new Map([
  ["UNSIGNED-PAYLOAD", { kind: "unsigned", declared: "UNSIGNED-PAYLOAD" }],
  ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", { kind: "chunked", signed: true, trailer: false, declared: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }],
  [
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    { kind: "chunked", signed: true, trailer: true, declared: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" },
  ],
  ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", { kind: "chunked", signed: false, trailer: true, declared: "STREAMING-UNSIGNED-PAYLOAD-TRAILER" }],
]);

/** S3 leaves the body out of presigned URLs unless told otherwise; everyone else signs it. */
function payloadForm({ contentSha256, placement }: SignatureTexts, service: string): Read<PayloadForm> {
  if (contentSha256 === undefined)
    return placement === "query" && service === "s3"
      ? { kind: "unsigned", declared: "UNSIGNED-PAYLOAD" }
      : { kind: "hashed", declared: undefined };
  const named = namedForms.get(contentSha256);
  if (named) return named;
  if (/^[0-9a-fA-F]{64}$/.test(contentSha256)) return { kind: "hashed", declared: contentSha256 };
  return {
    failure: incomplete(
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid sha256 value.",
    ),
  };
}
