import type { IncomingMessage } from "node:http";
import type { BoundOperation, InputOf, OutputOf, RequestContext } from "@mayfly/kernel";
import {
  checkPostPolicy,
  emptyKey,
  entityTooLarge,
  missingContentLength,
  missingField,
  noSuchBucket,
  readPostForm,
  readPostPolicy,
  s3Limits,
  type PostForm,
} from "@mayfly/s3";
import { bucketOfHost, escapeXml, type OperationMatch, type ServiceWire, type WireRequest, type WireResponse } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { authenticatePost } from "./authenticate-post.ts";
import type { Caller } from "./authenticate.ts";

/** The bucket that a form is posted to; undefined if a request is none: there is no other POST to a bucket without a query that names the operation. */
export function postedBucket({ method, path, headers }: WireRequest, match: OperationMatch): string | undefined {
  if (method !== "POST" || match.operation !== undefined) return undefined;
  const inHost = bucketOfHost(headers["host"]);
  if (inHost !== undefined) return path === "/" ? inHost : undefined;
  return /^\/([^/]+)\/?$/.exec(path)?.[1];
}

/** What a form is posted with. */
interface Posting {
  readonly world: World;
  readonly wire: ServiceWire;
  readonly head: WireRequest;
  readonly match: OperationMatch;
  readonly bucket: string;
  /** The request's body, which nobody has read. */
  readonly body: AsyncIterable<Buffer>;
  readonly operation: BoundOperation;
  readonly context: (caller: Omit<Caller, "body">) => RequestContext;
}

/**
 * Makes the file of a browser's form an object. The form's fields are read first: they say who lets it be posted, what it may say, and what the object is.
 * The file then goes the way of a PutObject's body.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 * @throws Fault, AccessDenied, BodyAborted
 */
export async function answerPost(posting: Posting): Promise<WireResponse> {
  const { world, wire, head, match, bucket, operation } = posting;
  if (!world.s3.hasBucket(bucket)) throw noSuchBucket(bucket);
  checkLength(head.headers["content-length"]);
  const form = await readPostForm(posting.body, head.headers["content-type"]);
  try {
    const key = form.fields.get("key");
    if (key === undefined) throw missingField("key");
    if (key === "") throw emptyKey();
    const { body: _none, ...caller } = await authenticatePost(world, head, form.fields);
    const policyField = form.fields.get("policy");
    const policy = policyField === undefined ? undefined : readPostPolicy(policyField);
    if (policy !== undefined) checkPostPolicy(policy, form.fields, bucket, world.clock.now());
    const ctx = posting.context(caller);
    const input: InputOf<"s3", "PostObject"> = {
      ...inputOf(wire, match, { Bucket: bucket, Key: key }, form),
      File: form.file,
      Size: policy?.size,
    };
    await operation.authorize(ctx, input);
    const output = (await operation.run(ctx, input)) as OutputOf<"s3", "PostObject">;
    const rendered = wire.render({ ...match, operation: "PutObject" }, output, ctx.requestId);
    const object = {
      bucket,
      key,
      etag: output.ETag ?? "",
      endpoint: ctx.endpoint,
      isInHost: bucketOfHost(head.headers["host"]) !== undefined,
    };
    return success(form.fields, object, rendered.headers);
  } finally {
    await form.file.return();
  }
}

/** @throws Fault */
function checkLength(header: IncomingMessage["headers"]["content-length"]): void {
  if (header === undefined || !/^\d{1,15}$/.test(header)) throw missingContentLength();
  // The fields and the boundaries come on top.
  if (Number(header) > s3Limits.putBytes + 2 * s3Limits.postFieldsBytes) throw entityTooLarge(Number(header), s3Limits.putBytes);
}

/** Fields that say of an object what headers of the same name say in a PutObject. */
const headerFields: ReadonlySet<string> = new Set([
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
]);
/** Nothing of the object's, or said by a field of another name. */
const otherFields: ReadonlySet<string> = new Set(["x-amz-acl", "x-amz-tagging", "x-amz-sdk-checksum-algorithm"]);

/** @throws Fault */
function inputOf(wire: ServiceWire, match: OperationMatch, named: Readonly<Record<"Bucket" | "Key", string>>, { fields }: PostForm) {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields)
    if (headerFields.has(name) || (name.startsWith("x-amz-") && !otherFields.has(name))) headers[name] = asHeader(value);
  const acl = fields.get("acl") ?? fields.get("x-amz-acl");
  if (acl !== undefined) headers["x-amz-acl"] = acl;
  const labels = { ...named, Key: encodeURIComponent(named.Key) };
  const request: WireRequest = { method: "PUT", path: "/", query: "", headers, body: Buffer.alloc(0) };
  const tagging = fields.get("tagging");
  if (tagging !== undefined) {
    const body = Buffer.from(tagging);
    const { Tagging } = wire.parse({ ...match, operation: "PutObjectTagging", labels }, { ...request, body }) as InputOf<
      "s3",
      "PutObjectTagging"
    >;
    const pairs = (Tagging?.TagSet ?? []).map(({ Key = "", Value = "" }): [string, string] => [Key, Value]);
    headers["x-amz-tagging"] = new URLSearchParams(pairs).toString();
  }
  const input = wire.parse({ ...match, operation: "PutObject", labels }, request) as InputOf<"s3", "PutObject">;
  const { Body: _none, ...rest } = input;
  const algorithm = fields.get("x-amz-checksum-algorithm");
  return { ...rest, ...(algorithm !== undefined && { FileChecksum: algorithm.toUpperCase() }) };
}

/** As a header's text comes off the socket: a character for each byte. */
const asHeader = (value: string): string => Buffer.from(value).toString("latin1");

interface Posted {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly endpoint: string;
  /** The host names the bucket, not the path. */
  readonly isInHost: boolean;
}

/** What the form wants to be answered. */
function success(fields: ReadonlyMap<string, string>, posted: Posted, headers: WireResponse["headers"]): WireResponse {
  const { bucket, key, etag, endpoint, isInHost } = posted;
  const redirect = redirectOf(fields.get("success_action_redirect") ?? fields.get("redirect"), { bucket, key, etag });
  if (redirect !== undefined) return { status: 303, headers: { ...headers, Location: redirect }, body: "" };
  const Location = `${endpoint}${isInHost ? "" : `/${bucket}`}/${encodeURIComponent(key)}`;
  const status = fields.get("success_action_status");
  if (status !== "201") return { status: status === "200" ? 200 : 204, headers: { ...headers, Location }, body: "" };
  const members = Object.entries({ Location, Bucket: bucket, Key: key, ETag: etag })
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
  return {
    status: 201,
    headers: { ...headers, Location, "Content-Type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${members}</PostResponse>`,
  };
}

/** Undefined if it is no address of the web: then the status counts. */
function redirectOf(text: string | undefined, result: Readonly<Record<string, string>>): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  const told = Object.entries(result).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  url.search = [...(url.search.length > 1 ? [url.search.slice(1)] : []), ...told].join("&");
  return url.href;
}
