import type { IncomingMessage, ServerResponse } from "node:http";
import { readVerified, UnverifiedBody } from "@mayfly/iam";
import { Fault } from "@mayfly/kernel";
import { authenticationFault, type ServiceWire, type StreamedBody, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import type { PassingBytes } from "../passing-bytes.ts";
import { authenticateHead, type StreamingCaller } from "./authenticate.ts";
import { BodyAborted } from "./read-body.ts";

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly passing: PassingBytes;
}

/**
 * Authenticates a request by its head and makes its body a stream that is checked as it is read. Nothing of it is read before somebody asks: a client that
 * waits for `100 Continue` sends no body that is refused anyway.
 * @throws Fault
 */
export async function openBody(
  world: World,
  wire: ServiceWire,
  head: WireRequest,
  exchange: Exchange,
): Promise<{ readonly request: WireRequest; readonly caller: Omit<StreamingCaller, "body"> }> {
  const nothing: StreamedBody = { ...lengthsOf(head), trailers: {}, [Symbol.asyncIterator]: () => neverRead() };
  const { body: check, ...caller } = await authenticateHead(world, wire, { ...head, stream: nothing });
  const trailers: Record<string, string> = {};
  const verified = readVerified(arriving(exchange), check, trailers);
  const stream: StreamedBody = {
    ...lengthsOf(head),
    trailers,
    [Symbol.asyncIterator]: () => told(verified, wire)[Symbol.asyncIterator](),
  };
  return { request: { ...head, stream }, caller };
}

function neverRead(): never {
  throw new Error("The body is not open yet.");
}

function lengthsOf({ headers }: WireRequest): Pick<StreamedBody, "lengthBytes" | "trailerNames"> {
  const isChunked = headers["x-amz-content-sha256"]?.startsWith("STREAMING-") ?? false;
  const text = isChunked ? headers["x-amz-decoded-content-length"] : headers["content-length"];
  return {
    lengthBytes: text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined,
    trailerNames: (headers["x-amz-trailer"] ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  };
}

/** A body's bytes at the reader's pace. @throws BodyAborted */
export async function* arriving({ incoming, outgoing, passing }: Exchange): AsyncGenerator<Buffer> {
  allowBody(incoming, outgoing);
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      passing(chunk.length);
      yield chunk;
    }
  } catch {
    throw new BodyAborted();
  }
  if (!incoming.complete) throw new BodyAborted();
}

/** What is wrong with a body in the service's words. */
async function* told(body: AsyncIterable<Buffer>, wire: ServiceWire): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    if (!(error instanceof UnverifiedBody)) throw error;
    if (error.failure === "incomplete") throw new Fault("IncompleteBody", "The request body terminated unexpectedly", { status: 400 });
    if (error.failure === "malformed-trailer")
      throw new Fault(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        { status: 400 },
      );
    throw authenticationFault(wire.service, error.failure);
  }
}

/** Tells a client that waits for it to send its body. */
export function allowBody(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (expectsWord(incoming) && !allowed.has(incoming)) {
    allowed.add(incoming);
    outgoing.writeContinue();
  }
}

const allowed = new WeakSet<IncomingMessage>();
const expectsWord = ({ headers }: IncomingMessage): boolean => headers.expect?.toLowerCase() === "100-continue";

/** A body that nobody wants is read away within bounds, so that the client gets to read the answer, and the connection can be used again. */
export function drain(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.complete || incoming.destroyed) return;
  // It sends nothing, and what it sends next is another request.
  if (expectsWord(incoming) && !allowed.has(incoming)) return void (outgoing.shouldKeepAlive = false);
  let bytes = 0;
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maximumDrainBytes) incoming.destroy();
  });
  incoming.on("error", () => undefined);
  incoming.resume();
}

const maximumDrainBytes = 64 * 1024 * 1024;
