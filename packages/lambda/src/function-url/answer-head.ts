import { readUrlHost } from "./url-address.ts";
import type { RawHeaders } from "./types.ts";

/** The first lines of an answer, checked so that they can be written. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: RawHeaders;
}

/** What a function says of its answer. */
export interface GivenHead {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
}

/** How the head of an answer is made. */
export interface HeadOptions {
  /** The host that the request was for. */
  readonly host: string;
  /** The URL has settings for CORS: they take the place of whatever the function says. */
  readonly hasCors: boolean;
  /** Of an answer that says nothing of it. */
  readonly contentType: string;
}

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
/** What the value of a header may be made of. */
export const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * What a function can't say of the connection, or in the server's place; AWS sends it under another name, as API Gateway does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const remapped: ReadonlySet<string> = new Set(
  (
    "connection content-length content-md5 date expect host keep-alive max-forwards proxy-authenticate server te trailer transfer-encoding upgrade " +
    "user-agent via www-authenticate x-amzn-requestid x-amzn-trace-id"
  ).split(" "),
);

/** Checks what a function says of its answer. @returns undefined if it is none that can be sent */
export function readHead({ statusCode = 200, headers = {}, cookies = [] }: GivenHead, options: HeadOptions): AnswerHead | undefined {
  const status = typeof statusCode === "string" && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (typeof (headers ?? {}) !== "object" || Array.isArray(headers) || !Array.isArray(cookies ?? [])) return undefined;
  const raw: string[] = [];
  let hasType = false;
  for (const [name, value] of Object.entries(headers ?? {})) {
    const text = textOf(value);
    if (!headerName.test(name) || text === undefined || !headerValue.test(text)) return undefined;
    const lower = name.toLowerCase();
    if (lower === "set-cookie") raw.push(...cookieLine(text, options.host));
    else if (remapped.has(lower)) raw.push(`x-amzn-Remapped-${name}`, text);
    else if (!(options.hasCors && lower.startsWith("access-control-"))) raw.push(name, text);
    hasType ||= lower === "content-type";
  }
  for (const cookie of (cookies ?? []) as unknown[]) {
    if (typeof cookie !== "string" || !headerValue.test(cookie)) return undefined;
    raw.push(...cookieLine(cookie, options.host));
  }
  if (!hasType && !headerValue.test(options.contentType)) return undefined;
  if (!hasType) raw.push("Content-Type", options.contentType);
  return { status, headers: raw };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;

/**
 * A cookie for more than the URL's own host would reach other functions: on AWS browsers refuse it, since `lambda-url.REGION.on.aws` is a public suffix; of
 * names below `localhost` they don't know that.
 */
function cookieLine(cookie: string, host: string): RawHeaders {
  const own = host.replace(/:\d+$/, "").toLowerCase();
  const domains = [...cookie.matchAll(/;\s*domain\s*=\s*"?\.?([^;"\s]*)/gi)].map(([, domain = ""]) => domain.toLowerCase());
  const isTooWide = readUrlHost(host) !== undefined && domains.some((domain) => domain !== "" && own.endsWith(`.${domain}`));
  return isTooWide ? [] : ["Set-Cookie", cookie];
}
