import type { IncomingMessage, ServerResponse } from "node:http";
import { AccessDenied, anonymousPrincipal, isFault, newUuid, type RequestContext } from "@mayfly/kernel";
import type { FunctionUrl, RawHeaders, UrlAddress, UrlAnswer, UrlRequestHead } from "@mayfly/lambda";
import { authenticationFault, loadServiceWire, type OperationMatch, type ServiceWire, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { authenticate, type Caller } from "../gateway/authenticate.ts";
import { requestFacts, type GatewayResources } from "../gateway/gateway.ts";
import { receiveBody } from "../gateway/receive-body.ts";
import { BodyAborted } from "../gateway/read-body.ts";
import { requestHead } from "../gateway/wire-request.ts";
import { sendUrlAnswer } from "./send-url-answer.ts";

/** What the front of function URLs works with. */
export interface UrlResources extends GatewayResources {
  readonly port: number;
}

/** Serves one request to a function's URL, from its first line to its answer. Never throws. */
export async function serveFunctionUrl(
  resources: UrlResources,
  address: UrlAddress,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const requestId = newUuid();
  try {
    await sendUrlAnswer(await answer(resources, { address, incoming, requestId }), requestId, incoming, outgoing);
  } catch (error) {
    if (!(error instanceof BodyAborted)) resources.problem(`The answer of a function URL could not be written: ${String(error)}`);
    outgoing.destroy();
  }
}

interface Asked {
  readonly address: UrlAddress;
  readonly incoming: IncomingMessage;
  readonly requestId: string;
}

async function answer(resources: UrlResources, asked: Asked): Promise<UrlAnswer> {
  const { incoming } = asked;
  const wire = await loadServiceWire("lambda");
  const head = urlHead(incoming, resources.port);
  if (head === undefined) return plainAnswer(400, { message: "The request is malformed." });
  const url = await resources.world().lambda.findFunctionUrl(asked.address);
  if (url === undefined) return { ...plainAnswer(403, { Message: null }), headers: [...json, "x-amzn-ErrorType", "AccessDeniedException"] };
  const allowed = url.preflight(head);
  if (allowed !== undefined) return allowed;
  try {
    return await invoke(resources, { ...asked, wire, head, url });
  } catch (error) {
    if (error instanceof BodyAborted) throw error;
    const { status, headers, body } = wire.renderError(invokeMatch, refusalOf(error), asked.requestId);
    if (status >= 500) resources.problem(`A function URL's request ${asked.requestId} failed: ${String(error)}`);
    return { status, headers: [...Object.entries(headers).flat(), ...url.corsHeaders(head)], body: Buffer.from(body) };
  }
}

interface Invoking extends Asked {
  readonly wire: ServiceWire;
  readonly head: UrlRequestHead;
  readonly url: FunctionUrl;
}

/** A request to a URL counts as one of Invoke's: its limits and its errors are that one's. */
const invokeMatch: OperationMatch = { protocol: "restJson1", operation: "Invoke", labels: {} };

async function invoke(resources: UrlResources, { address, incoming, requestId, wire, head, url }: Invoking): Promise<UrlAnswer> {
  const account = resources.receiving.account(resources.functionOf(incoming.socket));
  try {
    const request: WireRequest = {
      ...requestHead(incoming),
      body: await receiveBody(incoming, { wire, match: invokeMatch, account, limits: resources.bodyLimits }),
    };
    const world = resources.world();
    const caller = await callerOf(world, wire, request, { url, region: address.region });
    account.close();
    const ctx: RequestContext = world.dispatcher.context(caller, requestFacts(requestId, incoming, request, caller));
    return await url.invoke(ctx, { ...head, body: caller.body });
  } finally {
    account.close();
  }
}

interface Destination {
  readonly url: FunctionUrl;
  readonly region: string;
}

/** Without authentication everybody is nobody, whatever they send: the function may read it as it likes. */
async function callerOf(world: World, wire: ServiceWire, request: WireRequest, { url, region }: Destination): Promise<Caller> {
  if (url.authType === "NONE") {
    return { principal: anonymousPrincipal(url.accountId), accountId: url.accountId, region, body: request.body };
  }
  const caller = await authenticate(world, wire, request, undefined);
  if (caller.region !== region && world.auth === "strict") throw authenticationFault("lambda", { kind: "wrong-region" });
  return { ...caller, region };
}

/** Whoever may not call is not told why. */
function refusalOf(error: unknown): unknown {
  return error instanceof AccessDenied || isFault(error, "MissingAuthenticationTokenException") ? forbidden() : error;
}

const forbidden = (): AccessDenied =>
  new AccessDenied(
    "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  );

const json: RawHeaders = ["Content-Type", "application/json"];
const plainAnswer = (status: number, body: object): UrlAnswer => ({ status, headers: json, body: Buffer.from(JSON.stringify(body)) });

/** @returns undefined for what no client sends who means well: several hosts, or a target that names another one */
function urlHead(incoming: IncomingMessage, port: number): UrlRequestHead | undefined {
  const { path, query, method } = requestHead(incoming);
  const { rawHeaders, httpVersion } = incoming;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  if (!path.startsWith("/") || hosts.length > 1) return undefined;
  return { method, path, query, rawHeaders, protocol: `HTTP/${httpVersion}`, port };
}
