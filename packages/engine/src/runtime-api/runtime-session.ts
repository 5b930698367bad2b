import type { Server, Socket } from "node:net";
import type { SandboxExit } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import type { Invocation } from "../types.ts";
import { assignmentPath, createAssignment, type Assignment } from "./assignment.ts";
import { readRequests, type RuntimeAnswer, type RuntimeRequest } from "./read-requests.ts";
import { RequestBudget } from "./request-budget.ts";

/** What a runtime said of an invocation. */
type RuntimeReply =
  | { readonly kind: "response"; readonly body: Buffer }
  | { readonly kind: "error"; readonly body: Buffer; readonly errorType: string }
  | { readonly kind: "too-large" };

/** How an invocation ended: with a reply, with the process's end, or both. */
export interface InvocationEnd {
  readonly reply: RuntimeReply | undefined;
  readonly exit: SandboxExit | undefined;
}

/** How INIT ended. */
export type InitEnd =
  | { readonly kind: "ready" }
  | { readonly kind: "error"; readonly body: Buffer; readonly errorType: string }
  | { readonly kind: "exit"; readonly exit: SandboxExit };

/** One runtime process's side of the Runtime API. It belongs to the listener of one sandbox, so a stale process can't take another's events. */
export interface RuntimeSession {
  readonly init: Promise<InitEnd>;
  readonly assignment: Pick<Assignment, "asked" | "assign">;
  /** Gives the waiting runtime an event; resolves when it asks for the next one or ends. */
  invoke(invocation: Invocation, deadlineMs: number): Promise<InvocationEnd>;
  /** The process has ended. */
  ended(exit: SandboxExit): void;
}

const problem = (status: number, errorType: string, errorMessage: string): RuntimeAnswer => ({
  status,
  body: JSON.stringify({ errorMessage, errorType }),
});
const accepted: RuntimeAnswer = { status: 202, body: '{"status":"OK"}' };
const invalidState = problem(403, "InvalidStateTransition", "State transition is not allowed");
const invalidRequestId = problem(400, "InvalidRequestID", "Invalid request ID");
const tooLarge = problem(413, "RequestEntityTooLarge", `Exceeded maximum allowed payload size (${engineLimits.responseBytes} bytes).`);
const notFound = problem(404, "NotFound", "404 page not found");

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

const oneBuffer = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

// Kinds are `Runtime.X` or `Function.X`; a runtime may send its language's own, which AWS calls Runtime.Unknown in its metrics but reports as sent.
const errorTypeOf = (request: RuntimeRequest): string =>
  request.headers
    .get("lambda-runtime-function-error-type")
    ?.slice(0, 256)
    .replace(/\p{Cc}+/gu, " ") || "Runtime.Unknown";

/**
 * Serves the Runtime API (2018-06-01) on a sandbox's listener. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @param waits the process was started without code and will ask for it
 */
export function serveRuntimeApi(server: Server, { waits = false }: { readonly waits?: boolean } = {}): RuntimeSession {
  const budget = new RequestBudget();
  const sockets = new Set<Socket>();
  let waiter: { readonly socket: Socket; readonly reply: (answer: RuntimeAnswer) => void } | undefined;
  let current: { readonly id: string; reply: RuntimeReply | undefined; readonly resolve: (end: InvocationEnd) => void } | undefined;
  let initDone = false;
  let exited: SandboxExit | undefined;
  const init = Promise.withResolvers<InitEnd>();
  const assignment = createAssignment(waits, notFound);

  const next = (socket: Socket, reply: (answer: RuntimeAnswer) => void): void => {
    if ((waiter !== undefined && !waiter.socket.destroyed) || (current !== undefined && current.reply === undefined))
      return reply(invalidState);
    waiter = { socket, reply };
    initDone = true;
    init.resolve({ kind: "ready" });
    const done = current;
    current = undefined;
    done?.resolve({ reply: done.reply, exit: undefined });
  };

  const settle = (id: string, request: RuntimeRequest, kind: "response" | "error"): RuntimeAnswer => {
    if (current === undefined || current.id !== id) return invalidRequestId;
    if (current.reply !== undefined) return invalidState;
    if (request.tooLarge) {
      current.reply = { kind: "too-large" };
      return tooLarge;
    }
    const body = oneBuffer(request.body);
    current.reply = kind === "response" ? { kind, body } : { kind, body, errorType: errorTypeOf(request) };
    return accepted;
  };

  const initError = (request: RuntimeRequest): RuntimeAnswer => {
    if (initDone) return invalidState;
    initDone = true;
    init.resolve({ kind: "error", body: oneBuffer(request.body), errorType: errorTypeOf(request) });
    return accepted;
  };

  const route = (socket: Socket, request: RuntimeRequest, reply: (answer: RuntimeAnswer) => void): void => {
    const path = request.path.split("?")[0]!;
    if (request.method === "GET" && path === "/2018-06-01/runtime/invocation/next") return next(socket, reply);
    if (request.method === "GET" && path === assignmentPath) return assignment.give(reply);
    if (request.method !== "POST") return reply(notFound);
    if (path === "/2018-06-01/runtime/init/error") return reply(initError(request));
    const [, id, kind] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    return reply(id === undefined ? notFound : settle(id, request, kind as "response" | "error"));
  };

  server.on("connection", (socket) => {
    if (sockets.size >= engineLimits.connectionsPerEnvironment) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    readRequests(socket, budget, (request, reply) => route(socket, request, reply));
  });

  return {
    init: init.promise,
    assignment,
    invoke(invocation, deadlineMs) {
      const { promise, resolve } = Promise.withResolvers<InvocationEnd>();
      if (exited !== undefined || waiter === undefined) return Promise.resolve({ reply: undefined, exit: exited });
      current = { id: invocation.requestId, reply: undefined, resolve };
      const { reply } = waiter;
      waiter = undefined;
      budget.renew();
      reply(eventAnswer(invocation, deadlineMs));
      return promise;
    },
    ended(exit) {
      exited = exit;
      for (const socket of sockets) socket.destroy();
      init.resolve({ kind: "exit", exit });
      const done = current;
      current = undefined;
      done?.resolve({ reply: done.reply, exit });
    },
  };
}
