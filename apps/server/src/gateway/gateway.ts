import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Fault, newUuid, type BoundOperation, type WhenGone } from "@mayfly/kernel";
import {
  loadServiceWire,
  pickService,
  type OperationMatch,
  type ServiceWire,
  type WireRequest,
  type WireResponse,
  type WireStream,
} from "@mayfly/wire";
import { foreignContentHeaders } from "../console/foreign-content.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import type { BodyLimits } from "./body-limits.ts";
import { corsHeaders } from "./cors.ts";
import type { OpenStreams } from "./open-streams.ts";
import { BodyAborted, BodyTooLarge, NoRoomForBody, readBody } from "./read-body.ts";
import type { BodyAccount, ReceivingBudget } from "./receiving-budget.ts";
import { requestHead } from "./wire-request.ts";
import type { World } from "../composition/world.ts";

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
  readonly bodyLimits: BodyLimits;
}

/** Serves one AWS request, from its first line to its answer. Never throws. */
export async function serveAwsRequest(resources: GatewayResources, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const { status, headers, body } = await answer(resources, incoming);
    const head = rawHeaders(headers);
    if (typeof body === "object" && Symbol.asyncIterator in body) {
      if (outgoing.destroyed) return void body.return();
      outgoing.writeHead(status, head);
      await resources.streams.send(body, outgoing);
    } else if (!outgoing.destroyed) {
      head.push("content-length", String(Buffer.byteLength(body)));
      outgoing.writeHead(status, head);
      outgoing.end(incoming.method === "HEAD" ? undefined : body);
    }
  } catch (error) {
    if (!(error instanceof BodyAborted)) resources.problem(`The answer to a request could not be written: ${String(error)}`);
    outgoing.destroy();
  }
}

const foreignContentLines = Object.entries(foreignContentHeaders).flat();

/** Names and values in turn, the form that Node writes as it is. */
function rawHeaders(headers: WireResponse["headers"]): string[] {
  const raw = [...foreignContentLines];
  for (const [name, value] of Object.entries(headers)) raw.push(name, value);
  return raw;
}

/** The chain that every AWS request goes through, in this order. */
async function answer(resources: GatewayResources, incoming: IncomingMessage): Promise<WireResponse | WireStream> {
  const requestId = newUuid();
  const head = requestHead(incoming);
  const picked = pickService(head);
  if (picked === undefined) return noSuchService(requestId);
  const wire = await loadServiceWire(picked.service);
  let match = wire.match(head);
  const failed = (error: unknown): void =>
    resources.problem(`${picked.service}:${match.operation ?? "?"} ${requestId} failed: ${describe(error)}`);
  let response: WireResponse | WireStream;
  const account = resources.receiving.account(resources.functionOf(incoming.socket));
  try {
    const request = { ...head, body: await receiveBody(incoming, { wire, match, account, limits: resources.bodyLimits }) };
    if (wire.bodyNamesOperation) match = wire.match(request);
    const world = resources.world();
    const caller = await authenticate(world, wire, request, match.operation);
    account.close();
    const ctx = world.dispatcher.context(caller, requestFacts(requestId, incoming, request, caller));
    const operation = findOperation(world, wire, match, request);
    const input = wire.parse(match, caller.body === request.body ? request : { ...request, body: caller.body });
    await operation.authorize(ctx, input);
    response = wire.render(match, await operation.run(ctx, input), requestId, failed);
  } catch (error) {
    if (error instanceof BodyAborted) throw error;
    response = wire.renderError(match, error, requestId);
    if (response.status >= 500) failed(error);
  } finally {
    account.close();
  }
  const cors = corsHeaders(picked.service, incoming.headers.origin);
  return cors === undefined ? response : { ...response, headers: { ...response.headers, ...cors } };
}

interface Receiving {
  readonly wire: ServiceWire;
  readonly match: OperationMatch;
  readonly account: BodyAccount;
  readonly limits: BodyLimits;
}

/** Reads a request's body, within what its operation allows. @throws Fault, BodyAborted */
export async function receiveBody(incoming: IncomingMessage, { wire, match, account, limits }: Receiving): Promise<Buffer> {
  const { operations, defaultBytes } = limits[wire.service];
  const limitBytes = operations[match.operation ?? ""] ?? defaultBytes;
  try {
    return await readBody(incoming, limitBytes, account);
  } catch (error) {
    if (error instanceof NoRoomForBody) throw rateExceeded(wire);
    if (!(error instanceof BodyTooLarge)) throw error;
    const operation = match.operation === "Invoke" ? "InvokeFunction" : match.operation;
    throw new Fault(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${limitBytes} bytes for the ${operation ?? wire.service} operation`,
      { status: 413 },
    );
  }
}

/** What SDKs take as a word to try again later. */
const rateExceeded = ({ service }: ServiceWire): Fault =>
  service === "lambda"
    ? new Fault("TooManyRequestsException", "Rate Exceeded.", { status: 429, members: { Reason: "CallerRateLimitExceeded" } })
    : new Fault("ThrottlingException", "Rate exceeded", { status: 400 });

function findOperation(world: World, wire: ServiceWire, match: OperationMatch, request: WireRequest): BoundOperation {
  const bound = match.operation === undefined ? undefined : world.dispatcher.service(wire.service)?.operation(match.operation);
  if (bound === undefined) throw wire.unknownOperation(match, request);
  return bound;
}

/** What a context is told of the request behind it. */
export function requestFacts(requestId: string, incoming: IncomingMessage, request: WireRequest, caller: Caller) {
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

const whenClosed =
  (socket: Socket): WhenGone =>
  (listener) => {
    socket.once("close", listener);
    return () => void socket.off("close", listener);
  };

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
