import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newUuid, type BoundOperation } from "@mayfly/kernel";
import { checkDocument } from "@mayfly/s3";
import {
  loadServiceWire,
  pickService,
  type OperationMatch,
  type ServiceWire,
  type WireContent,
  type WireRequest,
  type WireResponse,
  type WireStream,
} from "@mayfly/wire";
import { foreignContentHeaders } from "../console/foreign-content.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { answerPost, postedBucket } from "./posted-form.ts";
import { allowBody, arriving, drain, openBody } from "./streamed-body.ts";
import type { BodyLimits } from "./body-limits.ts";
import { bucketCorsHeaders } from "./bucket-cors.ts";
import { corsHeaders } from "./cors.ts";
import type { OpenStreams } from "./open-streams.ts";
import { BodyAborted } from "./read-body.ts";
import { receiveBody } from "./receive-body.ts";
import type { ReceivingBudget } from "./receiving-budget.ts";
import { whenClosed } from "./when-closed.ts";
import { requestHead } from "./wire-request.ts";
import type { World } from "../composition/world.ts";
import type { PassingBytes } from "../passing-bytes.ts";

/** What the gateway works with. */
export interface GatewayResources {
  /** The services as they are now; a reset puts others in their place. */
  readonly world: () => World;
  /** Takes a line about an error of Mayfly's own. */
  readonly problem: (line: string) => void;
  /** Keeps the answers that are event streams. */
  readonly streams: OpenStreams;
  /** The function from whose sandbox a connection comes. */
  readonly functionOf: (socket: Socket) => string | undefined;
  readonly receiving: ReceivingBudget;
  readonly passing: PassingBytes;
  readonly bodyLimits: BodyLimits;
}

/** Serves one AWS request, from its first line to its answer. Never throws. */
export async function serveAwsRequest(resources: GatewayResources, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const { status, headers, body } = await answer(resources, incoming, outgoing);
    const head = rawHeaders(headers);
    if (body instanceof Readable) {
      if (outgoing.destroyed) return void body.destroy();
      outgoing.writeHead(status, head);
      await sendContent(body, outgoing, resources.passing);
    } else if (typeof body === "object" && Symbol.asyncIterator in body) {
      if (outgoing.destroyed) return void body.return();
      outgoing.writeHead(status, head);
      await resources.streams.send(body, outgoing);
    } else if (!outgoing.destroyed) {
      // An answer to HEAD says what the body would be.
      if (incoming.method !== "HEAD" || !hasLength(headers)) pushLength(head, headers, Buffer.byteLength(body));
      outgoing.writeHead(status, head);
      outgoing.end(incoming.method === "HEAD" ? undefined : body);
    }
  } catch (error) {
    if (!(error instanceof BodyAborted)) resources.problem(`The answer to a request could not be written: ${String(error)}`);
    outgoing.destroy();
  }
}

const hasLength = (headers: WireResponse["headers"]): boolean => "Content-Length" in headers;

function pushLength(head: string[], headers: WireResponse["headers"], bytes: number): void {
  if (!hasLength(headers)) head.push("content-length", String(bytes));
}

/** Bytes that lie somewhere, at the client's pace. What fails on the way can only be told by breaking off. */
async function sendContent(content: Readable, outgoing: ServerResponse, passing: PassingBytes): Promise<void> {
  const counted = async function* (bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of bytes) {
      passing(piece.length);
      yield piece;
    }
  };
  await pipeline(content, counted, outgoing).catch(() => outgoing.destroy());
}

const foreignContentLines = Object.entries(foreignContentHeaders).flat();

/** Names and values in turn, the form that Node writes as it is. */
function rawHeaders(headers: WireResponse["headers"]): string[] {
  const raw = [...foreignContentLines];
  // Node spoils what is not ASCII in a Content-Disposition that comes after a Content-Length.
  const isLength = ([name]: readonly [string, string]): boolean => name.toLowerCase() === "content-length";
  const entries = Object.entries(headers);
  for (const [name, value] of [...entries.filter((entry) => !isLength(entry)), ...entries.filter(isLength)]) raw.push(name, value);
  return raw;
}

/** The chain that every AWS request goes through, in this order. */
async function answer(
  resources: GatewayResources,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<WireResponse | WireStream | WireContent> {
  const requestId = newUuid();
  const head = requestHead(incoming);
  const picked = pickService(head);
  if (picked === undefined) return noSuchService(requestId);
  const wire = await loadServiceWire(picked.service);
  let match = wire.match(head);
  const failed = (error: unknown): void =>
    resources.problem(`${picked.service}:${match.operation ?? "?"} ${requestId} failed: ${describe(error)}`);
  let response: WireResponse | WireStream | WireContent;
  const exchange = { incoming, outgoing, passing: resources.passing };
  const account = resources.receiving.account(resources.functionOf(incoming.socket));
  try {
    const world = resources.world();
    const bucket = picked.service === "s3" ? postedBucket(head, match) : undefined;
    if (bucket !== undefined) {
      response = await answerPost({
        world,
        wire,
        head,
        match,
        bucket,
        body: arriving(exchange),
        operation: findOperation(world, wire, { ...match, operation: "PostObject" }, head),
        context: (caller) => world.dispatcher.context(caller, requestFacts(requestId, incoming, head, caller)),
      });
    } else {
      const { request, caller } = wire.streamsBody(match)
        ? await openBody(world, wire, head, exchange)
        : await wholeBody(world, wire, head, {
            receive: async () => {
              allowBody(incoming, outgoing);
              const body = await receiveBody(incoming, { wire, match, account, limits: resources.bodyLimits });
              if (wire.bodyNamesOperation) match = wire.match({ ...head, body });
              return body;
            },
            operation: () => match.operation,
          });
      account.close();
      const ctx = world.dispatcher.context(caller, requestFacts(requestId, incoming, request, caller));
      const operation = findOperation(world, wire, match, request);
      const input = wire.parse(match, request);
      await operation.authorize(ctx, input);
      response = wire.render(match, await operation.run(ctx, input), requestId, failed);
    }
  } catch (error) {
    if (error instanceof BodyAborted) throw error;
    response = wire.renderError(match, error, requestId);
    // What S3 has and this server has not is no failure.
    if (response.status >= 500 && response.status !== 501) failed(error);
  } finally {
    account.close();
    drain(incoming, outgoing);
  }
  const cors = picked.service === "s3" ? bucketCorsHeaders(resources.world(), head) : corsHeaders(picked.service, incoming.headers.origin);
  return cors === undefined ? response : { ...response, headers: { ...response.headers, ...cors } };
}

interface Received {
  /** With the body that the signature vouches for. */
  readonly request: WireRequest;
  readonly caller: Omit<Caller, "body">;
}

async function wholeBody(
  world: World,
  wire: ServiceWire,
  head: WireRequest,
  { receive, operation }: { readonly receive: () => Promise<Buffer>; readonly operation: () => string | undefined },
): Promise<Received> {
  const request = { ...head, body: await receive() };
  const { body, ...caller } = await authenticate(world, wire, request, operation());
  // Of a multipart upload's end they say what the object's bytes have.
  if (wire.service === "s3" && body.length > 0 && operation() !== "CompleteMultipartUpload") await checkDocument(head.headers, body);
  return { request: body === request.body ? request : { ...request, body }, caller };
}

function findOperation(world: World, wire: ServiceWire, match: OperationMatch, request: WireRequest): BoundOperation {
  const bound = match.operation === undefined ? undefined : world.dispatcher.service(wire.service)?.operation(match.operation);
  if (bound === undefined) throw wire.unknownOperation(match, request);
  return bound;
}

/** What a context is told of the request behind it. */
export function requestFacts(requestId: string, incoming: IncomingMessage, request: WireRequest, caller: Omit<Caller, "body">) {
  return {
    requestId,
    sourceIp: (incoming.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, ""),
    userAgent: request.headers["user-agent"] ?? "",
    secureTransport: false,
    ...(request.headers["x-amzn-trace-id"] !== undefined && { traceHeader: request.headers["x-amzn-trace-id"] }),
    endpoint: `http://${request.headers["host"] ?? "127.0.0.1"}`,
    whenGone: whenClosed(incoming.socket),
    ...(caller.accessKeyId !== undefined && { accessKeyId: caller.accessKeyId }),
    ...(caller.tokenIssuedAtMs !== undefined && { tokenIssuedAtMs: caller.tokenIssuedAtMs }),
  };
}

/** A request that names no AWS service at all, by signature, target, action, path or host. */
function noSuchService(requestId: string): WireResponse {
  return {
    status: 403,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": "MissingAuthenticationTokenException",
    },
    body: JSON.stringify({ message: "Missing Authentication Token" }),
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
