import type { Server, Socket } from "node:net";
import type { SandboxExit } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import type { Invocation } from "../types.ts";
import { assignmentPath, createAssignment, type Assignment } from "./assignment.ts";
import { answers } from "./answers.ts";
import { CurrentInvocation, errorTypeOf, isStreamed, oneBuffer, refusal, type InvocationEnd } from "./current-invocation.ts";
import { Extensions } from "./extensions.ts";
import type { RequestHead, RuntimeAnswer } from "./http-head.ts";
import type { BodySink } from "./incoming-body.ts";
import { readRequests, type Reply, type RuntimeRequest } from "./read-requests.ts";
import { RequestBudget } from "./request-budget.ts";
import { discard, GatheredResponse, type ResponseTarget } from "./response-sink.ts";

/** How INIT ended. */
export type InitEnd =
  | { readonly kind: "ready" }
  | { readonly kind: "error"; readonly body: Buffer; readonly errorType: string }
  | { readonly kind: "exit"; readonly exit: SandboxExit };

/** One runtime process's side of the Runtime API. It belongs to the listener of one sandbox, so a stale process can't take another's events. */
export interface RuntimeSession {
  readonly init: Promise<InitEnd>;
  readonly extensions: Extensions;
  readonly assignment: Pick<Assignment, "asked" | "assign">;
  /**
   * Gives the waiting runtime an event; resolves when it asks for the next one or ends.
   * @param target where a response goes that the runtime streams; it is gathered unless told
   */
  invoke(invocation: Invocation, deadlineMs: number, target?: ResponseTarget): Promise<InvocationEnd>;
  /** The process has ended. */
  ended(exit: SandboxExit): void;
}

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
 */
export function serveRuntimeApi(server: Server, { waits = false }: { readonly waits?: boolean } = {}): RuntimeSession {
  const budget = new RequestBudget();
  const sockets = new Set<Socket>();
  let waiter: { readonly socket: Socket; readonly reply: Reply } | undefined;
  let current: CurrentInvocation | undefined;
  let initDone = false;
  let exited: SandboxExit | undefined;
  const init = Promise.withResolvers<InitEnd>();
  const extensions = new Extensions();
  const assignment = createAssignment(waits, answers.notFound);

  const next = (socket: Socket, reply: Reply): void => {
    if (current?.isUnderWay === true || (waiter !== undefined && !waiter.socket.destroyed)) return reply(answers.invalidState);
    waiter = { socket, reply };
    initDone = true;
    extensions.closeRegistration();
    extensions.whenQuiet(() => {
      init.resolve({ kind: "ready" });
      const done = current;
      current = undefined;
      done?.end(undefined);
    });
  };

  const stream = (head: RequestHead, reply: Reply): BodySink | undefined => {
    const [, id, kind] = (head.method === "POST" && invocationPath.exec(head.path)) || [];
    if (id === undefined || kind !== "response" || !isStreamed(head)) return undefined;
    const refused = refusal(current, id);
    if (refused === undefined) return current!.stream(head, reply);
    reply(refused);
    return discard;
  };

  const initError = (request: RuntimeRequest): RuntimeAnswer => {
    if (initDone) return answers.invalidState;
    initDone = true;
    init.resolve({ kind: "error", body: oneBuffer(request.body), errorType: errorTypeOf(request) });
    return answers.accepted;
  };

  const route = (socket: Socket, request: RuntimeRequest, reply: Reply): void => {
    const path = request.path.split("?")[0]!;
    if (request.method === "GET" && path === "/2018-06-01/runtime/invocation/next") return next(socket, reply);
    if (request.method === "GET" && path === assignmentPath) return assignment.give(reply);
    if (path.startsWith("/2020-01-01/") && extensions.route(path, request, reply)) return;
    if (request.method !== "POST") return reply(answers.notFound);
    if (path === "/2018-06-01/runtime/init/error") return reply(initError(request));
    const [, id, kind] = invocationPath.exec(path) ?? [];
    if (id === undefined) return reply(answers.notFound);
    return reply(refusal(current, id) ?? current!.settle(request, kind as "response" | "error"));
  };

  server.on("connection", (socket) => {
    if (sockets.size >= engineLimits.connectionsPerEnvironment) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    readRequests(socket, budget, { request: (request, reply) => route(socket, request, reply), stream });
  });

  return {
    init: init.promise,
    extensions,
    assignment,
    invoke(invocation, deadlineMs, target = new GatheredResponse()) {
      const { promise, resolve } = Promise.withResolvers<InvocationEnd>();
      if (exited !== undefined || waiter === undefined) return Promise.resolve({ reply: undefined, exit: exited });
      current = new CurrentInvocation(invocation.requestId, target, resolve);
      const { reply } = waiter;
      waiter = undefined;
      budget.renew();
      extensions.invoke(invocation, deadlineMs);
      reply(eventAnswer(invocation, deadlineMs));
      return promise;
    },
    ended(exit) {
      exited = exit;
      for (const socket of sockets) socket.destroy();
      init.resolve({ kind: "exit", exit });
      const done = current;
      current = undefined;
      done?.end(exit);
    },
  };
}
