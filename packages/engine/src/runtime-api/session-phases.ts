import type { SandboxExit } from "@mayfly/sandbox";
import { CurrentInvocation, type InvocationEnd } from "./current-invocation.ts";
import type { ExtensionEnd, Extensions } from "./extensions.ts";
import type { ResponseTarget } from "./response-sink.ts";

/** How INIT ended. */
export type InitEnd =
  | { readonly kind: "ready" }
  | { readonly kind: "error"; readonly body: Buffer; readonly errorType: string }
  | { readonly kind: "exit"; readonly exit: SandboxExit }
  | { readonly kind: "extension"; readonly end: ExtensionEnd };

type Loss = Partial<Pick<InvocationEnd, "exit" | "extension">>;

/** What a runtime and its extensions are at: INIT, an invocation, then what extensions still do of it. */
export class SessionPhases {
  #loaded: string | undefined;
  readonly #extensions: Extensions;
  readonly #init = Promise.withResolvers<InitEnd>();
  #current: CurrentInvocation | undefined;
  #whenRested: ((end: ExtensionEnd | undefined) => void) | undefined;
  /** How the runtime's process ended, or an extension's: there will be no further invocation. */
  #loss: Loss | undefined;

  constructor(extensions: Extensions) {
    this.#extensions = extensions;
  }

  get init(): Promise<InitEnd> {
    return this.#init.promise;
  }

  get current(): CurrentInvocation | undefined {
    return this.#current;
  }

  get isLost(): boolean {
    return this.#loss !== undefined;
  }

  /** What the runtime said that it has loaded. */
  get loaded(): string | undefined {
    return this.#loaded;
  }

  /** The runtime asks for its first event. */
  runtimeReady(loaded: string | undefined): void {
    this.#loaded = loaded;
    this.#extensions.closeRegistration();
    this.#extensions.whenQuiet(() => this.#init.resolve({ kind: "ready" }));
  }

  initFailed(body: Buffer, errorType: string): void {
    this.#init.resolve({ kind: "error", body, errorType });
  }

  /** Undefined if something has ended. */
  begin(requestId: string, limitBytes: number, target: ResponseTarget): Promise<InvocationEnd> | undefined {
    if (this.#loss !== undefined) return undefined;
    const { promise, resolve } = Promise.withResolvers<InvocationEnd>();
    this.#current = new CurrentInvocation(requestId, limitBytes, target, resolve);
    return promise;
  }

  /** The runtime asks for its next event, or something has ended. */
  endCurrent(loss = this.#loss): void {
    const done = this.#current;
    this.#current = undefined;
    // A stream's last chunks may have been read together with what was asked next: then what was logged between them is still to be read in the next turn.
    if (done?.isStreamed === true) setImmediate(() => done.end(loss));
    else done?.end(loss);
  }

  /** How an invocation ends that can't begin. */
  get lossAsEnd(): InvocationEnd {
    return { reply: undefined, exit: this.#loss?.exit, extension: this.#loss?.extension };
  }

  rest(): Promise<ExtensionEnd | undefined> | undefined {
    if (this.#extensions.isQuiet) return undefined;
    const { promise, resolve } = Promise.withResolvers<ExtensionEnd | undefined>();
    this.#whenRested = resolve;
    this.#extensions.whenQuiet(() => resolve(undefined));
    return promise;
  }

  runtimeEnded(exit: SandboxExit): void {
    this.#loss ??= { exit };
    this.#init.resolve({ kind: "exit", exit });
    this.endCurrent();
  }

  extensionEnded(exit: SandboxExit): void {
    const end = this.#extensions.ended(exit);
    this.#loss ??= { extension: end };
    this.#init.resolve({ kind: "extension", end });
    this.endCurrent();
    this.#whenRested?.(end);
  }

  /** All processes have ended. */
  over(exit: SandboxExit): void {
    this.runtimeEnded(exit);
    this.#whenRested?.(undefined);
  }
}
