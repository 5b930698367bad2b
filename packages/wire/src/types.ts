import type { Readable } from "node:stream";
import type { Fault, ServiceName } from "@mayfly/kernel";

/** A request as it came off the socket: nothing decoded yet. */
export interface WireRequest {
  readonly method: string;
  /** Raw path, percent-encoding kept, without the query. */
  readonly path: string;
  /** Raw query without `?`; empty if there is none. */
  readonly query: string;
  /** Names in lower case; repeated headers joined by `, `. Ask `Object.hasOwn` before a name that came from the client. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** In place of `body`, where the operation reads it while it runs. */
  readonly stream?: StreamedBody;
}

/** A request's body as it arrives, verified: what it throws is a Fault. Read it once. */
export interface StreamedBody extends AsyncIterable<Buffer> {
  /** As far as the client says. */
  readonly lengthBytes: number | undefined;
  /** Headers that come after it, lower-case names; there once it was read to its end. */
  readonly trailers: Readonly<Record<string, string>>;
  /** The names of those that are announced. */
  readonly trailerNames: readonly string[];
}

/** A response ready for the socket. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** The response of an operation that answers with an event stream. */
export interface WireStream extends Omit<WireResponse, "body"> {
  readonly body: EventStreamBody;
}

/** The response of an operation that answers with bytes that lie somewhere; its headers say how many. */
export interface WireContent extends Omit<WireResponse, "body"> {
  readonly body: Readable;
}

/**
 * An event stream's frames. Read it once. `return` ends it at any time, also while `next` waits, which then resolves as done; it must
 * be called if the stream is not read to its end, or the operation behind it goes on.
 */
export interface EventStreamBody extends AsyncIterableIterator<Uint8Array> {
  return(): Promise<IteratorResult<Uint8Array>>;
}

/** The AWS protocols. A further one is a row in `protocols/index.ts`. */
export type ProtocolName = "restJson1" | "awsQuery" | "awsJson1_0" | "awsJson1_1" | "restXml";

/** Which operation a request is for, and in which protocol the client speaks. */
export interface OperationMatch {
  readonly protocol: ProtocolName;
  /** AWS's name of the operation; undefined if the service's model has none for this request. */
  readonly operation: string | undefined;
  /** Raw label values by member name (REST protocols). */
  readonly labels: Readonly<Record<string, string>>;
}

/** One service's wire format, loaded at its first request. */
export interface ServiceWire {
  readonly service: ServiceName;
  /** Whether the body may name the operation (Query): a match without it is then only a first guess. */
  readonly bodyNamesOperation: boolean;
  match(request: WireRequest): OperationMatch;
  /** Whether the operation reads the request's body while it runs. */
  streamsBody(match: OperationMatch): boolean;
  /**
   * Reads the input: typed, constraints checked.
   * @throws Fault SerializationException, ValidationException and the like, in AWS's exact texts
   */
  parse(match: OperationMatch, request: WireRequest): unknown;
  /**
   * Renders an operation's output.
   * @param onFailure told of a failure of the server's own in an event stream of the answer, of which the client is sent what it is of any error
   */
  render(
    match: OperationMatch,
    output: unknown,
    requestId: string,
    onFailure?: (error: unknown) => void,
  ): WireResponse | WireStream | WireContent;
  /** Renders any error: a Fault, AccessDenied, or (as InternalFailure, without its text) anything else. */
  renderError(match: Pick<OperationMatch, "protocol">, error: unknown, requestId: string): WireResponse;
  /** The Fault for a request whose operation is not in the model or not in the service's table. */
  unknownOperation(match: OperationMatch, request: WireRequest): Fault;
}
