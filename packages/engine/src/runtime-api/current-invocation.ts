import type { SandboxExit } from "@mayfly/sandbox";
import { answers, tooLargeAnswer } from "./answers.ts";
import type { ExtensionEnd } from "./extensions.ts";
import type { RequestHead, RuntimeAnswer } from "./http-head.ts";
import type { BodySink } from "./incoming-body.ts";
import type { Reply, RuntimeRequest } from "./read-requests.ts";
import { createResponseSink, type ResponseTarget, type RuntimeReply } from "./response-sink.ts";

/** How an invocation ended: with a reply, with the end of the runtime's process or of an extension's, or both. */
export interface InvocationEnd {
  readonly reply: RuntimeReply | undefined;
  readonly exit: SandboxExit | undefined;
  readonly extension: ExtensionEnd | undefined;
}

const responseMode = "lambda-runtime-function-response-mode";

/** True if a response comes in the streaming way. */
export const isStreamed = ({ headers }: RequestHead): boolean => headers.get(responseMode) === "streaming";

/** A body in one piece. */
export const oneBuffer = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

// Kinds are `Runtime.X` or `Function.X`; a runtime may send its language's own, which AWS calls Runtime.Unknown in its metrics but reports as sent.
/** The error that a request tells. */
export const errorTypeOf = (request: RuntimeRequest): string =>
  request.headers
    .get("lambda-runtime-function-error-type")
    ?.slice(0, 256)
    .replace(/\p{Cc}+/gu, " ") || "Runtime.Unknown";

/** An error that is the runtime's own fault. */
const runtimeFault = (errorType: string, errorMessage: string): RuntimeReply => ({
  kind: "error",
  errorType,
  body: Buffer.from(JSON.stringify({ errorType, errorMessage })),
});
const invalidMode = runtimeFault(
  "Runtime.InvalidResponseModeHeader",
  "The runtime's response has an unknown Lambda-Runtime-Function-Response-Mode.",
);
const brokenOff = runtimeFault("Runtime.TruncatedResponse", "The runtime broke its response off.");

/** The invocation that a runtime works on. */
export class CurrentInvocation {
  readonly id: string;
  /** The largest response that is not streamed. */
  readonly #limitBytes: number;
  readonly #target: ResponseTarget;
  readonly #resolve: (end: InvocationEnd) => void;
  #reply: RuntimeReply | undefined;
  /** The runtime sends its response, chunk by chunk. */
  #isStreaming = false;
  /** It never came to that response's end. */
  #isBrokenOff = false;

  constructor(id: string, limitBytes: number, target: ResponseTarget, resolve: (end: InvocationEnd) => void) {
    this.id = id;
    this.#limitBytes = limitBytes;
    this.#target = target;
    this.#resolve = resolve;
  }

  /** Nothing final was said of it yet. */
  get isUnderWay(): boolean {
    return this.#reply === undefined && !this.#isBrokenOff;
  }

  /** Something may be said of it. */
  get isOpen(): boolean {
    return this.#reply === undefined && !this.#isStreaming;
  }

  /** Its response came, or comes, in the streaming way. */
  get isStreamed(): boolean {
    return this.#isStreaming;
  }

  settle(request: RuntimeRequest, kind: "response" | "error"): RuntimeAnswer {
    const limitBytes = this.#limitBytes;
    if (request.tooLarge) return this.#say({ kind: "too-large", limitBytes }, tooLargeAnswer(limitBytes));
    const body = oneBuffer(request.body);
    if (kind === "error") return this.#say({ kind, body, errorType: errorTypeOf(request) }, answers.accepted);
    const mode = request.headers.get(responseMode);
    if (mode !== undefined && mode !== "streaming") return this.#say(invalidMode, answers.invalidResponseMode);
    return this.#say({ kind, body }, answers.accepted);
  }

  stream(head: RequestHead, reply: Reply): BodySink {
    this.#isStreaming = true;
    this.#target.begin(head.headers.get("content-type") ?? "application/octet-stream");
    return createResponseSink(this.#target, reply, (end) => {
      this.#reply = end;
      this.#isBrokenOff = end === undefined;
    });
  }

  /** The runtime asks for the next one, or its process has ended, or an extension's. */
  end({ exit, extension }: Partial<Pick<InvocationEnd, "exit" | "extension">> = {}): void {
    const reply = this.#reply ?? (exit === undefined && extension === undefined ? brokenOff : undefined);
    this.#resolve({ reply, exit, extension });
  }

  #say(reply: RuntimeReply, answer: RuntimeAnswer): RuntimeAnswer {
    this.#reply = reply;
    return answer;
  }
}

/** Why a runtime may not say anything of that invocation now. */
export function refusal(current: CurrentInvocation | undefined, id: string): RuntimeAnswer | undefined {
  if (current === undefined || current.id !== id) return answers.invalidRequestId;
  return current.isOpen ? undefined : answers.invalidState;
}
