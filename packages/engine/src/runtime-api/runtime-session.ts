import type { Server, Socket } from "node:net";
import type { SandboxExit } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import type { Invocation } from "../types.ts";
import { assignmentPath, createAssignment, type Assignment } from "./assignment.ts";
import { answers } from "./answers.ts";
import { errorTypeOf, isStreamed, oneBuffer, refusal, type InvocationEnd } from "./current-invocation.ts";
import { Extensions, type ExtensionEnd } from "./extensions.ts";
import type { RequestHead, RuntimeAnswer } from "./http-head.ts";
import type { BodySink } from "./incoming-body.ts";
import { readRequests, type Reply, type RuntimeRequest } from "./read-requests.ts";
import { RequestBudget } from "./request-budget.ts";
import { discard, GatheredResponse, type ResponseTarget } from "./response-sink.ts";
import { SessionPhases, type InitEnd } from "./session-phases.ts";

/** One runtime process's side of the Runtime API, and its extensions'. It belongs to the listener of one sandbox, so a stale process can't take another's events. */
export interface RuntimeSession {
  readonly init: Promise<InitEnd>;
  readonly extensions: Extensions;
  readonly assignment: Pick<Assignment, "asked" | "assign">;
  /** What the runtime said that it has loaded when it first asked for an event; not to be relied on. */
  readonly loaded: string | undefined;
  /** One of its processes has ended: it can take no further event. */
  readonly isLost: boolean;
  /**
   * Gives the waiting runtime an event; resolves when it asks for the next one or ends.
   * @param target where a response goes that the runtime streams; it is gathered unless told
   */
  invoke(invocation: Invocation, deadlineMs: number, target?: ResponseTarget): Promise<InvocationEnd>;
  /**
   * What extensions still do of an invocation that `invoke` has resolved for: resolves when all have asked for their next event, or with the end of one.
   * Undefined if they have.
   */
  rest(): Promise<ExtensionEnd | undefined> | undefined;
  /** The runtime's process has ended. */
  runtimeEnded(exit: SandboxExit): void;
  /** An external extension's process has ended. */
  extensionEnded(exit: SandboxExit): void;
  /** All processes have ended, with the runtime's exit. */
  ended(exit: SandboxExit): void;
}

/** Not AWS's. */
const loadedHeader = "mayfly-loaded";

const invocationPath = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

function eventAnswer(invocation: Invocation, deadlineMs: number): RuntimeAnswer {
  const { clientContext } = invocation;
  return {
    status: 200,
    headers: [
      `Lambda-Runtime-Aws-Request-Id: ${invocation.requestId}`,
      `Lambda-Runtime-Deadline-Ms: ${Math.round(deadlineMs)}`,
      `Lambda-Runtime-Invoked-Function-Arn: ${invocation.invokedFunctionArn}`,
      `Lambda-Runtime-Trace-Id: ${invocation.traceId}`,
      ...(clientContext === undefined ? [] : [`Lambda-Runtime-Client-Context: ${clientContext.replace(/[\r\n\0]+/g, " ")}`]),
    ],
    body: invocation.payload,
  };
}

/**
 * Serves the Runtime API (2018-06-01) on a sandbox's listener. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @param waits the process was started without code and will ask for it
 * @param external names of the extensions that were started beside it
 */
export function serveRuntimeApi(
  server: Server,
  { waits = false, external = [] }: { readonly waits?: boolean; readonly external?: readonly string[] } = {},
): RuntimeSession {
  const budget = new RequestBudget();
  const sockets = new Set<Socket>();
  let waiter: { readonly socket: Socket; readonly reply: Reply } | undefined;
  let initDone = false;
  const extensions = new Extensions(external);
  const phases = new SessionPhases(extensions);
  const assignment = createAssignment(waits, answers.notFound);

  const next = (socket: Socket, { headers }: RequestHead, reply: Reply): void => {
    if (phases.current?.isUnderWay === true || (waiter !== undefined && !waiter.socket.destroyed)) return reply(answers.invalidState);
    waiter = { socket, reply };
    if (!initDone) phases.runtimeReady(headers.get(loadedHeader));
    initDone = true;
    phases.endCurrent();
  };

  const stream = (head: RequestHead, reply: Reply): BodySink | undefined => {
    const [, id, kind] = (head.method === "POST" && invocationPath.exec(head.path)) || [];
    if (id === undefined || kind !== "response" || !isStreamed(head)) return undefined;
    const refused = refusal(phases.current, id);
    if (refused === undefined) return phases.current!.stream(head, reply);
    reply(refused);
    return discard;
  };

  const initError = (request: RuntimeRequest): RuntimeAnswer => {
    if (initDone) return answers.invalidState;
    initDone = true;
    phases.initFailed(oneBuffer(request.body), errorTypeOf(request));
    return answers.accepted;
  };

  const route = (socket: Socket, request: RuntimeRequest, reply: Reply): void => {
    const path = request.path.split("?")[0]!;
    if (request.method === "GET" && path === "/2018-06-01/runtime/invocation/next") return next(socket, request, reply);
    if (request.method === "GET" && path === assignmentPath) return assignment.give(reply);
    if (path.startsWith("/2020-01-01/") && extensions.route(path, request, reply)) return;
    if (request.method !== "POST") return reply(answers.notFound);
    if (path === "/2018-06-01/runtime/init/error") return reply(initError(request));
    const [, id, kind] = invocationPath.exec(path) ?? [];
    if (id === undefined) return reply(answers.notFound);
    return reply(refusal(phases.current, id) ?? phases.current!.settle(request, kind as "response" | "error"));
  };

  server.on("connection", (socket) => {
    if (sockets.size >= engineLimits.connectionsPerEnvironment) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    readRequests(socket, budget, { request: (request, reply) => route(socket, request, reply), stream });
  });

  return {
    init: phases.init,
    extensions,
    assignment,
    get loaded() {
      return phases.loaded;
    },
    get isLost() {
      return phases.isLost;
    },
    invoke(invocation, deadlineMs, target) {
      const { requestId, responseBytes = engineLimits.responseBytes } = invocation;
      const ended = waiter && phases.begin(requestId, responseBytes, target ?? new GatheredResponse(responseBytes));
      if (waiter === undefined || ended === undefined) return Promise.resolve(phases.lossAsEnd);
      const { reply } = waiter;
      waiter = undefined;
      budget.renew(responseBytes);
      extensions.invoke(invocation, deadlineMs);
      reply(eventAnswer(invocation, deadlineMs));
      return ended;
    },
    rest: () => phases.rest(),
    runtimeEnded: (exit) => phases.runtimeEnded(exit),
    extensionEnded: (exit) => phases.extensionEnded(exit),
    ended(exit) {
      for (const socket of sockets) socket.destroy();
      phases.over(exit);
    },
  };
}
