import { isUtf8 } from "node:buffer";
import type { RequestContext } from "@mayfly/kernel";
import type { UrlRequest } from "./types.ts";

/** Who calls, and where. */
export interface EventFacts {
  readonly ctx: RequestContext;
  readonly urlId: string;
  readonly nowMs: number;
  readonly traceId: string;
  /** The caller was found out by signature, which is then no business of the function's. */
  readonly isSigned: boolean;
}

type Texts = Record<string, string>;

/** Not the function's: what belongs to the connection, and what is told elsewhere in the event. */
const leftOut: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding", "cookie"]);
/** The caller's credentials. */
const secrets: ReadonlySet<string> = new Set(["authorization", "x-amz-security-token"]);

const textType = /^\s*(?:text\/|application\/(?:json|javascript|xml)\b|[\w.+-]+\/[\w.-]+\+(?:json|xml)\b)/i;

/** The event of payload format 2.0. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export function eventOf(request: UrlRequest, facts: EventFacts): Buffer {
  const { method, path, query, protocol } = request;
  const { ctx, urlId, nowMs } = facts;
  const headers = joined(pairsOf(request.rawHeaders).filter(([name]) => !leftOut.has(name) && !(facts.isSigned && secrets.has(name))));
  headers["x-forwarded-for"] = ctx.sourceIp;
  headers["x-forwarded-proto"] = "http";
  headers["x-forwarded-port"] = String(request.port);
  headers["x-amzn-trace-id"] = facts.traceId.split(";", 1)[0] ?? "";
  const cookies = cookiesOf(request.rawHeaders);
  const domainName = (headers["host"] ?? "").replace(/:\d+$/, "");
  return Buffer.from(
    JSON.stringify({
      version: "2.0",
      routeKey: "$default",
      rawPath: path,
      rawQueryString: query,
      ...(cookies.length > 0 && { cookies }),
      headers,
      ...(query !== "" && { queryStringParameters: joined([...new URLSearchParams(query)]) }),
      requestContext: {
        accountId: facts.isSigned ? ctx.principal.accountId : "anonymous",
        apiId: urlId,
        ...(facts.isSigned && { authorizer: { iam: callerOf(ctx) } }),
        domainName,
        domainPrefix: urlId,
        http: { method, path, protocol, sourceIp: ctx.sourceIp, userAgent: headers["user-agent"] },
        requestId: ctx.requestId,
        routeKey: "$default",
        stage: "$default",
        time: logTime(nowMs),
        timeEpoch: nowMs,
      },
      ...bodyOf(request.body, headers["content-type"]),
    }),
  );
}

/** Whoever signed the request. */
const callerOf = ({ accessKeyId, principal: { accountId, arn, userId } }: RequestContext) => ({
  accessKey: accessKeyId ?? null,
  accountId,
  callerId: userId,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: arn,
  userId,
});

/** Text stays text, all else comes in base64: what says nothing of itself, and forms, too. */
function bodyOf(body: Buffer, contentType: string | undefined): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = contentType !== undefined && textType.test(contentType) && isUtf8(body);
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

type Pair = readonly [name: string, value: string];

/** Headers, names in lower case. */
function pairsOf(rawHeaders: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i]!.toLowerCase(), rawHeaders[i + 1]!]);
  return pairs;
}

/** Values of one name joined by commas. Names are the client's: no object with a prototype. */
function joined(pairs: readonly Pair[]): Texts {
  const texts = Object.create(null) as Texts;
  for (const [name, value] of pairs) texts[name] = name in texts ? `${texts[name]},${value}` : value;
  return texts;
}

const cookiesOf = (rawHeaders: readonly string[]): string[] =>
  pairsOf(rawHeaders).flatMap(([name, value]) => (name === "cookie" ? value.split(/; */).filter((cookie) => cookie !== "") : []));

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `23/Nov/2026:10:00:00 +0000` */
function logTime(ms: number): string {
  const time = new Date(ms);
  const iso = time.toISOString();
  return `${iso.slice(8, 10)}/${months[time.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
