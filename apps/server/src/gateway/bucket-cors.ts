import type { IncomingMessage } from "node:http";
import { bucketOfHost, pickService, type WireRequest, type WireResponse } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { requestHead } from "./wire-request.ts";

const bucketOf = ({ path, headers }: WireRequest): string => bucketOfHost(headers["host"]) ?? path.split("/", 2)[1] ?? "";

/** Headers that let a page of another origin read an answer about a bucket or what is in it; undefined if the bucket has none. */
export function bucketCorsHeaders(world: World, head: WireRequest): Readonly<Record<string, string>> | undefined {
  const { origin } = head.headers;
  return origin === undefined ? undefined : world.s3.cors(bucketOf(head), { origin, method: head.method, headers: [] }, false);
}

/**
 * The answer to a preflight request for a bucket or what is in it; undefined if it is none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
export function bucketPreflight(world: World, incoming: IncomingMessage): WireResponse | undefined {
  const { origin } = incoming.headers;
  const method = incoming.headers["access-control-request-method"];
  if (incoming.method !== "OPTIONS" || origin === undefined || method === undefined) return undefined;
  const head = requestHead(incoming);
  const bucket = bucketOf(head);
  if (pickService(head)?.service !== "s3" || !world.s3.hasBucket(bucket)) return undefined;
  const wanted = incoming.headers["access-control-request-headers"] ?? "";
  const headers = wanted
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const allowed = world.s3.cors(bucket, { origin, method, headers }, true);
  return allowed === undefined
    ? forbidden(method, world.s3.hasCors(bucket) ? notAllowed : notEnabled)
    : { status: 200, headers: allowed, body: "" };
}

const notEnabled = "CORS is not enabled for this bucket.";
/** The spelling is S3's. */
const notAllowed =
  "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

const forbidden = (method: string, why: string): WireResponse => ({
  status: 403,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessForbidden</Code><Message>CORSResponse: ${why}</Message><Method>${/^[A-Z]{1,10}$/.test(method) ? method : ""}</Method><ResourceType>OBJECT</ResourceType></Error>`,
});
