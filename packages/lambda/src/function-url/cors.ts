import type { Cors } from "@mayfly/wire/lambda";
import { headerValue } from "./answer-head.ts";
import type { RawHeaders, UrlAnswer, UrlRequestHead } from "./types.ts";

/** The value of a header of which there is but one. */
function headerOf(rawHeaders: readonly string[], wanted: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === wanted) return rawHeaders[i + 1];
  return undefined;
}

const empty: Buffer = Buffer.alloc(0);

/**
 * What lets a page of another origin read an answer, if the settings let it.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function corsHeaders(cors: Cors | undefined, { rawHeaders }: UrlRequestHead): RawHeaders {
  const origin = headerOf(rawHeaders, "origin");
  if (cors === undefined || origin === undefined) return [];
  const allowed = allowedOrigin(cors, origin);
  const vary = allowed === "*" ? [] : ["Vary", "Origin"];
  if (allowed === undefined) return vary;
  return [
    "Access-Control-Allow-Origin",
    allowed,
    ...(cors.AllowCredentials ? ["Access-Control-Allow-Credentials", "true"] : []),
    ...list("Access-Control-Expose-Headers", cors.ExposeHeaders),
    ...vary,
  ];
}

/** With settings for CORS preflights are answered here, and the function is not run; without, it gets them as any request. */
export function preflightAnswer(cors: Cors | undefined, head: UrlRequestHead): UrlAnswer | undefined {
  const method = headerOf(head.rawHeaders, "access-control-request-method");
  const origin = headerOf(head.rawHeaders, "origin");
  if (cors === undefined || head.method !== "OPTIONS" || origin === undefined || method === undefined) return undefined;
  const headers = [...corsHeaders(cors, head)];
  if (allowedOrigin(cors, origin) !== undefined) headers.push(...preflightHeaders(cors, method, head));
  return { status: 200, headers, body: empty };
}

function preflightHeaders(cors: Cors, method: string, { rawHeaders }: UrlRequestHead): RawHeaders {
  const asked = headerOf(rawHeaders, "access-control-request-headers");
  return [
    ...matching("Access-Control-Allow-Methods", cors.AllowMethods, [method], cors),
    ...(asked === undefined ? [] : matching("Access-Control-Allow-Headers", cors.AllowHeaders, namesIn(asked), cors)),
    ...(cors.MaxAge === undefined ? [] : ["Access-Control-Max-Age", String(cors.MaxAge)]),
  ];
}

const namesIn = (asked: string): readonly string[] => asked.split(",").map((name) => name.trim());

/** To requests with credentials a star says nothing, so the origin itself is named. */
function allowedOrigin({ AllowOrigins = [], AllowCredentials }: Cors, origin: string): string | undefined {
  if (AllowOrigins.includes("*")) return AllowCredentials ? origin : "*";
  return AllowOrigins.includes(origin) ? origin : undefined;
}

/** The header if all that is asked for is allowed. */
function matching(name: string, allowed: readonly string[] = [], asked: readonly string[], { AllowCredentials }: Cors): RawHeaders {
  if (allowed.includes("*")) return [name, AllowCredentials ? asked.join(",") : "*"];
  const known = new Set(allowed.map((text) => text.toLowerCase()));
  return asked.every((text) => known.has(text.toLowerCase())) ? list(name, allowed) : [];
}

/** What no header can say is left out: the model lets settings have it. */
function list(name: string, values: readonly string[] = []): RawHeaders {
  const sayable = values.filter((value) => headerValue.test(value));
  return sayable.length > 0 ? [name, sayable.join(",")] : [];
}
