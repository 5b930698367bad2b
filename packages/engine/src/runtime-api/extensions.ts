import { randomUUID } from "node:crypto";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget, Invocation } from "../types.ts";
import { answers, problem } from "./answers.ts";
import type { RuntimeAnswer } from "./http-head.ts";
import type { Reply, RuntimeRequest } from "./read-requests.ts";

/** What extensions are told of the function that they belong to. */
export type ExtendedFunction = Pick<FunctionTarget, "functionName" | "functionVersion" | "handler" | "accountId">;

/** An extension as the log tells it. */
export interface ExtensionFacts {
  readonly name: string;
  readonly state: "Registered" | "Ready" | "InitError" | "ExitError";
  readonly events: readonly string[];
}

interface Extension {
  readonly name: string;
  readonly id: string;
  readonly events: readonly string[];
  state: ExtensionFacts["state"] | "Running";
  /** Where its next event goes. */
  reply: Reply | undefined;
}

const refused = (kind: string, message: string): RuntimeAnswer => problem(403, `Extension.${kind}`, message);
const stateRefused = ({ id, state }: Extension, to: string): RuntimeAnswer =>
  refused(
    "InvalidExtensionState",
    `State transition from ${state} to ${to} failed for extension ${id}. Error: State transition is not allowed`,
  );

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const errorTypeHeader = "Lambda-Extension-Function-Error-Type";
const identifierHeader = "Lambda-Extension-Identifier";

function eventsOf(body: readonly Buffer[]): readonly string[] | undefined {
  if (body.reduce((sum, { length }) => sum + length, 0) > engineLimits.extensionRequestBytes) return undefined;
  try {
    const { events = [] } = JSON.parse(Buffer.concat(body).toString("utf8")) as { readonly events?: unknown };
    return Array.isArray(events) && events.every((event) => typeof event === "string") ? events : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The Extensions API (2020-01-01) of one environment, for internal extensions: threads of the runtime's own process. A phase is over when they all ask for
 * their next event. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class Extensions {
  readonly #byId = new Map<string, Extension>();
  #function: ExtendedFunction | undefined;
  #isClosed = false;
  /** How many have not asked for their next event in this phase. */
  #busy = 0;
  #whenQuiet: (() => void) | undefined;

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  facts(): readonly ExtensionFacts[] {
    return [...this.#byId.values()].map(({ name, state, events }) => ({ name, state: state === "Running" ? "Ready" : state, events }));
  }

  /** Called once the process has its function. */
  serve(extended: ExtendedFunction): void {
    this.#function = extended;
  }

  /** The runtime has asked for its first event: nobody may register any more. */
  closeRegistration(): void {
    this.#isClosed = true;
  }

  /** Calls back once all of them ask for their next event, at once if they do. */
  whenQuiet(then: () => void): void {
    if (this.#busy === 0) then();
    else this.#whenQuiet = then;
  }

  /** Tells them of an invocation. */
  invoke(invocation: Invocation, deadlineMs: number): void {
    for (const extension of this.#byId.values()) {
      const { reply } = extension;
      if (reply === undefined || !extension.events.includes("INVOKE")) continue;
      extension.reply = undefined;
      extension.state = "Running";
      this.#busy++;
      const { requestId, invokedFunctionArn, traceId } = invocation;
      const tracing = { type: "X-Amzn-Trace-Id", value: traceId };
      const event = { eventType: "INVOKE", deadlineMs: Math.round(deadlineMs), requestId, invokedFunctionArn, tracing };
      reply({ status: 200, headers: [`Lambda-Extension-Event-Identifier: ${randomUUID()}`], body: JSON.stringify(event) });
    }
  }

  /** @returns false if the request is none of theirs */
  route(path: string, request: RuntimeRequest, reply: Reply): boolean {
    const name = path.startsWith("/2020-01-01/extension/") ? path.slice("/2020-01-01/extension/".length) : undefined;
    if (name === "register" && request.method === "POST") reply(this.#register(request));
    else if (name === "event/next" && request.method === "GET") this.#next(request, reply);
    else if ((name === "init/error" || name === "exit/error") && request.method === "POST")
      reply(this.#fail(request, name === "init/error" ? "InitError" : "ExitError"));
    else return false;
    return true;
  }

  #register({ headers, body }: RuntimeRequest): RuntimeAnswer {
    const name = headers.get("lambda-extension-name");
    if (!name) return refused("InvalidExtensionName", "Empty extension name");
    if (name.length > engineLimits.extensionNameLength || /\p{Cc}/u.test(name))
      return refused("InvalidExtensionName", "Invalid extension name");
    const events = eventsOf(body);
    if (events === undefined) return problem(403, "InvalidRequestFormat", "The body is no list of events");
    const wrong = events.find((event) => event !== "INVOKE");
    if (wrong === "SHUTDOWN") return refused("InvalidEventType", `${wrong}: ShutdownEventNotSupportedForInternalExtension`);
    if (wrong !== undefined) return refused("InvalidEventType", `${wrong.slice(0, 64)}: ErrorInvalidEventType`);
    if (this.#isClosed || this.#function === undefined) return refused("RegistrationClosed", "Extension registration closed already");
    if (this.#byId.size >= engineLimits.extensions)
      return refused("TooManyExtensions", `Extension limit (${engineLimits.extensions}) reached`);
    if ([...this.#byId.values()].some((extension) => extension.name === name))
      return refused("InvalidExtensionState", "Extension with this name already registered");
    const id = randomUUID();
    this.#byId.set(id, { name, id, events: [...new Set(events)], state: "Registered", reply: undefined });
    this.#busy++;
    const { functionName, functionVersion, handler, accountId } = this.#function;
    const wantsAccount = headers
      .get("lambda-extension-accept-feature")
      ?.split(",")
      .some((feature) => feature.trim() === "accountId");
    return {
      status: 200,
      headers: [`${identifierHeader}: ${id}`],
      body: JSON.stringify({ functionName, functionVersion, handler, ...(wantsAccount ? { accountId } : {}) }),
    };
  }

  #next(request: RuntimeRequest, reply: Reply): void {
    const extension = this.#find(request);
    if ("status" in extension) return reply(extension);
    if (extension.state !== "Registered" && extension.state !== "Running") return reply(stateRefused(extension, "Ready"));
    extension.state = "Ready";
    extension.reply = reply;
    this.#busy--;
    if (this.#busy > 0) return;
    const then = this.#whenQuiet;
    this.#whenQuiet = undefined;
    then?.();
  }

  /** It will not ask for another event: the phase it fails in ends by its limit, as on AWS. */
  #fail(request: RuntimeRequest, to: "InitError" | "ExitError"): RuntimeAnswer {
    const extension = this.#find(request);
    if ("status" in extension) return extension;
    if (!request.headers.has(errorTypeHeader.toLowerCase())) return refused("MissingHeader", `${errorTypeHeader} not found`);
    if (to === "InitError" && extension.state !== "Registered" && extension.state !== to) return stateRefused(extension, to);
    if (extension.state === "Ready") this.#busy++;
    extension.reply = undefined;
    extension.state = to;
    return answers.accepted;
  }

  #find({ headers }: RuntimeRequest): Extension | RuntimeAnswer {
    const id = headers.get(identifierHeader.toLowerCase());
    if (!id) return refused("MissingExtensionIdentifier", `Missing ${identifierHeader} header`);
    if (!uuid.test(id)) return refused("InvalidExtensionIdentifier", `Invalid ${identifierHeader}`);
    return this.#byId.get(id.toLowerCase()) ?? refused("UnknownExtensionIdentifier", `Unknown extension ${id}`);
  }
}
