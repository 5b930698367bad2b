import { engineLimits } from "../limits.ts";
import { answers, tooLargeAnswer } from "./answers.ts";
import type { BodySink } from "./incoming-body.ts";
import type { Reply } from "./read-requests.ts";

/** What a runtime said of an invocation. */
export type RuntimeReply =
  /** `streamedBytes`: how much came, if it came in a streaming way; it need not be in the body. */
  | { readonly kind: "response"; readonly body: Buffer; readonly streamedBytes?: number }
  | { readonly kind: "error"; readonly body: Buffer; readonly errorType: string }
  | { readonly kind: "too-large"; readonly limitBytes: number };

/** Where the bytes of a response go that is sent in a streaming way. */
export interface ResponseTarget {
  readonly limitBytes: number;
  begin(contentType: string): void;
  /** @returns whether more are welcome; if not, `goOn` is called once they are */
  write(part: Buffer, goOn: () => void): boolean | "too-large";
  /** What is left to be given to the caller at the end. */
  rest(): Buffer;
}

/** Gathers a streamed response for a caller who wants it in one piece. */
export class GatheredResponse implements ResponseTarget {
  readonly limitBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  begin(): void {}

  write(part: Buffer): boolean | "too-large" {
    this.#bytes += part.length;
    if (this.#bytes > this.limitBytes) {
      this.#parts = [];
      return "too-large";
    }
    this.#parts.push(part);
    return true;
  }

  rest(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads a body on that nobody wants. */
export const discard: BodySink = { trailerBytes: engineLimits.requestHeadBytes, take: () => true, finish() {}, abort() {} };

/** An error that came in the midst of a response, as a runtime tells it after the last chunk. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html */
function errorOf(trailers: ReadonlyMap<string, string>): RuntimeReply | undefined {
  const errorType = trailers.get("lambda-runtime-function-error-type");
  const body = trailers.get("lambda-runtime-function-error-body");
  if (!errorType && !body) return undefined;
  return { kind: "error", errorType: errorType?.slice(0, 256) || "Runtime.Unknown", body: Buffer.from(body ?? "", "base64") };
}

/** Leads a streamed response to its target. @param onEnd told how it ended; `undefined` if the runtime broke it off */
export function createResponseSink(target: ResponseTarget, reply: Reply, onEnd: (end: RuntimeReply | undefined) => void): BodySink {
  let isOver = false;
  let streamedBytes = 0;
  const end = (how: RuntimeReply | undefined): void => {
    isOver = true;
    onEnd(how);
  };
  return {
    trailerBytes: engineLimits.requestTrailerBytes,
    take(part, goOn) {
      const taken = isOver || target.write(part, goOn);
      streamedBytes += part.length;
      if (taken !== "too-large") return taken;
      end({ kind: "too-large", limitBytes: target.limitBytes });
      reply(tooLargeAnswer(target.limitBytes));
      return true;
    },
    finish(trailers) {
      if (isOver) return;
      end(errorOf(trailers) ?? { kind: "response", body: target.rest(), streamedBytes });
      reply(answers.accepted);
    },
    abort() {
      if (!isOver) end(undefined);
    },
  };
}
