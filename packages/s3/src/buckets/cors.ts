import type { CORSRule } from "@mayfly/wire/s3";
import type { Bucket } from "./bucket.ts";

/** What a page of another origin asks for. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  /** Of a preflight: the headers that the request is to have, in lower case. */
  readonly headers: readonly string[];
}

/** The headers by which a bucket lets a page of another origin have an answer; undefined if it does not. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html */
export function corsHeaders(
  { settings }: Bucket,
  request: CorsRequest,
  isPreflight: boolean,
): Readonly<Record<string, string>> | undefined {
  const rule = settings.cors?.find((candidate) => allows(candidate, request));
  if (rule === undefined) return undefined;
  const isAnybodys = rule.AllowedOrigins?.includes("*") ?? false;
  return {
    "access-control-allow-origin": isAnybodys ? "*" : request.origin,
    "access-control-allow-methods": (rule.AllowedMethods ?? []).join(", "),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    ...(!isAnybodys && { "access-control-allow-credentials": "true" }),
    ...(isPreflight && request.headers.length > 0 && { "access-control-allow-headers": request.headers.join(", ") }),
    ...(rule.ExposeHeaders?.length && { "access-control-expose-headers": rule.ExposeHeaders.join(", ") }),
    ...(isPreflight && rule.MaxAgeSeconds !== undefined && { "access-control-max-age": String(rule.MaxAgeSeconds) }),
  };
}

function allows(
  { AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }: CORSRule,
  { origin, method, headers }: CorsRequest,
): boolean {
  return (
    AllowedMethods.includes(method) &&
    AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
    headers.every((header) => AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header)))
  );
}

/** A pattern has one `*` at most. */
function matches(pattern: string, text: string): boolean {
  const [start = "", end] = pattern.split("*");
  return end === undefined ? pattern === text : text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
