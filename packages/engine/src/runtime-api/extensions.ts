import { randomUUID } from "node:crypto";
import type { SandboxExit } from "@mayfly/sandbox";
import { engineLimits } from "../limits.ts";
import type { Invocation } from "../types.ts";
import { answers } from "./answers.ts";
import {
  errorTypeHeader,
  eventsOf,
  identifierOf,
  invokeEvent,
  nameOf,
  refused,
  registered,
  shutdownEvent,
  stateRefused,
  type ExtendedFunction,
  type ShutdownReason,
} from "./extension-answers.ts";
import type { RuntimeAnswer } from "./http-head.ts";
import type { Reply, RuntimeRequest } from "./read-requests.ts";

/** An extension as the log tells it. */
export interface ExtensionFacts {
  readonly name: string;
  readonly state: "Started" | "Registered" | "Ready" | "InitError" | "ExitError" | "LaunchError";
  readonly events: readonly string[];
  readonly errorType?: string;
}

/** An extension's process has ended when it should not. */
export interface ExtensionEnd {
  readonly errorType: "Extension.Crash" | "Extension.InitError" | "Extension.ExitError";
  readonly exit: SandboxExit;
}

interface Extension {
  readonly name: string;
  readonly id: string;
  /** A process of its own. */
  readonly isExternal: boolean;
  events: readonly string[];
  state: ExtensionFacts["state"] | "Running";
  errorType?: string;
  /** Where its next event goes. */
  reply: Reply | undefined;
}

/**
 * The Extensions API (2020-01-01) of one environment, for external extensions, whose processes were started beside the runtime, and internal ones, threads of
 * the runtime's own. A phase is over when they all ask for their next event. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class Extensions {
  readonly #byId = new Map<string, Extension>();
  #function: ExtendedFunction | undefined;
  #isClosed = false;
  /** How many have not asked for their next event in this phase. */
  #busy = 0;
  #whenQuiet: (() => void) | undefined;
  #unregistered: number;
  #whenRegistered: (() => void) | undefined;
  /** The first error that one of them told. */
  #told: ExtensionEnd["errorType"] | undefined;
  #shutdown: object | undefined;

  constructor(externalNames: readonly string[] = []) {
    for (const name of externalNames)
      this.#add({ name, id: randomUUID(), isExternal: true, events: [], state: "Started", reply: undefined });
    this.#unregistered = externalNames.length;
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  get isQuiet(): boolean {
    return this.#busy === 0;
  }

  /** How long the runtime and all of them together have to end. */
  get shutdownMs(): { readonly runtimeMs: number; readonly totalMs: number } {
    const { internal, external } = engineLimits.shutdown;
    const all = [...this.#byId.values()];
    if (!all.some(({ isExternal }) => isExternal)) return { runtimeMs: internal.totalMs, totalMs: internal.totalMs };
    return all.every(({ isExternal }) => isExternal) ? external : { ...external, runtimeMs: internal.totalMs };
  }

  facts(): readonly ExtensionFacts[] {
    return [...this.#byId.values()].map(({ name, state, events, errorType }) => ({
      name,
      state: state === "Running" ? "Ready" : state,
      events,
      ...(errorType === undefined ? {} : { errorType }),
    }));
  }

  /** Called once the process has its function. */
  serve(extended: ExtendedFunction): void {
    this.#function = extended;
  }

  /** Calls back once all external ones have registered, which is when the runtime may start. */
  whenRegistered(then: () => void): void {
    if (this.#unregistered === 0) then();
    else this.#whenRegistered = then;
  }

  /** The runtime has asked for its first event: nobody may register any more. */
  closeRegistration(): void {
    this.#isClosed = true;
  }

  /** Calls back once all of them ask for their next event, at once if they do. */
  whenQuiet(then: () => void): void {
    if (this.isQuiet) then();
    else this.#whenQuiet = then;
  }

  /** Tells them of an invocation. */
  invoke(invocation: Invocation, deadlineMs: number): void {
    for (const extension of this.#byId.values()) {
      if (extension.reply === undefined || !extension.events.includes("INVOKE")) continue;
      this.#busy++;
      this.#send(extension, extension.reply, invokeEvent(invocation, deadlineMs));
    }
  }

  /** Tells external ones that the environment ends: those that wait now, others when they ask. @returns the names of those that are told */
  shutDown(reason: ShutdownReason, deadlineMs: number): readonly string[] {
    const event = shutdownEvent(reason, deadlineMs);
    this.#shutdown = event;
    const told = [...this.#byId.values()].filter(({ events }) => events.includes("SHUTDOWN"));
    for (const extension of told) if (extension.reply !== undefined) this.#send(extension, extension.reply, event);
    return told.map(({ name }) => name);
  }

  /** An external one's process has ended. */
  ended(exit: SandboxExit): ExtensionEnd {
    return { errorType: this.#told ?? "Extension.Crash", exit };
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

  #add(extension: Extension): void {
    this.#byId.set(extension.id, extension);
    this.#busy++;
  }

  #send(extension: Extension, reply: Reply, event: object): void {
    extension.reply = undefined;
    extension.state = "Running";
    reply({ status: 200, headers: [`Lambda-Extension-Event-Identifier: ${randomUUID()}`], body: JSON.stringify(event) });
  }

  #register(request: RuntimeRequest): RuntimeAnswer {
    const name = nameOf(request);
    if (typeof name !== "string") return name;
    const known = [...this.#byId.values()].find((extension) => extension.name === name);
    const events = eventsOf(request, known?.isExternal === true);
    if ("status" in events) return events;
    const extended = this.#function;
    if (known?.isExternal === true && extended !== undefined) return this.#registerExternal(known, events, extended, request);
    if (this.#isClosed || extended === undefined) return refused("RegistrationClosed", "Extension registration closed already");
    if (this.#byId.size >= engineLimits.extensions)
      return refused("TooManyExtensions", `Extension limit (${engineLimits.extensions}) reached`);
    if (known !== undefined) return refused("InvalidExtensionState", "Extension with this name already registered");
    const id = randomUUID();
    this.#add({ name, id, isExternal: false, events, state: "Registered", reply: undefined });
    return registered(id, extended, request);
  }

  #registerExternal(extension: Extension, events: readonly string[], extended: ExtendedFunction, request: RuntimeRequest): RuntimeAnswer {
    if (extension.state !== "Started") return stateRefused(extension.state, "Registered", extension.name);
    extension.state = "Registered";
    extension.events = events;
    if (--this.#unregistered === 0) this.#whenRegistered?.();
    return registered(extension.id, extended, request);
  }

  #next(request: RuntimeRequest, reply: Reply): void {
    const extension = this.#find(request);
    if ("status" in extension) return reply(extension);
    if (extension.state !== "Registered" && extension.state !== "Running")
      return reply(stateRefused(extension.state, "Ready", extension.id));
    if (this.#shutdown !== undefined && extension.events.includes("SHUTDOWN")) return this.#send(extension, reply, this.#shutdown);
    extension.state = "Ready";
    extension.reply = reply;
    this.#busy--;
    if (!this.isQuiet) return;
    const then = this.#whenQuiet;
    this.#whenQuiet = undefined;
    then?.();
  }

  /** It will not ask for another event: the phase it fails in ends with its process, or by its limit, as on AWS. */
  #fail(request: RuntimeRequest, to: "InitError" | "ExitError"): RuntimeAnswer {
    const extension = this.#find(request);
    if ("status" in extension) return extension;
    const errorType = request.headers.get(errorTypeHeader.toLowerCase());
    if (!errorType) return refused("MissingHeader", `${errorTypeHeader} not found`);
    if (to === "InitError" && extension.state !== "Registered" && extension.state !== to)
      return stateRefused(extension.state, to, extension.id);
    if (extension.state === "Ready") this.#busy++;
    extension.reply = undefined;
    extension.state = to;
    extension.errorType = errorType.slice(0, 256).replace(/\p{Cc}+/gu, " ");
    this.#told ??= `Extension.${to}`;
    return answers.accepted;
  }

  #find(request: RuntimeRequest): Extension | RuntimeAnswer {
    const id = identifierOf(request);
    if (typeof id !== "string") return id;
    return this.#byId.get(id) ?? refused("UnknownExtensionIdentifier", `Unknown extension ${id}`);
  }
}
