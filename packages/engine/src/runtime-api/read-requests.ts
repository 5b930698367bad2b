import type { Socket } from "node:net";
import { engineLimits } from "../limits.ts";
import { AnswerWriter } from "./answer-writer.ts";
import { answerHead, parseHead, type RequestHead, type RuntimeAnswer } from "./http-head.ts";
import { IncomingBody, type BodySink } from "./incoming-body.ts";
import { MarkedText } from "./marked-text.ts";
import { Pieces } from "./pieces.ts";
import type { RequestBudget } from "./request-budget.ts";

/** One request of a runtime. */
export interface RuntimeRequest extends RequestHead {
  /** The body in the pieces that it came in; empty if it was too large. */
  readonly body: readonly Buffer[];
  readonly tooLarge: boolean;
}

/** Gives the answer to a request; the first one counts. */
export type Reply = (answer: RuntimeAnswer) => void;

/** Whom a connection's requests are for. */
export interface RequestHandlers {
  /** A request has come, with its body. */
  request(request: RuntimeRequest, reply: Reply): void;
  /** The head of a request has come whose body is chunked or very long. @returns who takes the body as it comes; undefined if it is to be gathered */
  stream(head: RequestHead, reply: Reply): BodySink | undefined;
}

const headEnd = "\r\n\r\n";
type Phase = "head" | "fixed" | "chunk-size" | "chunk" | "chunk-end" | "trailers" | "answering";

/** Reading a head and answering costs as much as so many pieces of a body. */
const stepsOfHead = 8;

/** One connection's requests, read one at a time. Every step takes what it needs of the bytes and gives back the rest; undefined once it needs more. */
class RequestReader {
  readonly #socket: Socket;
  readonly #answers: AnswerWriter;
  readonly #budget: RequestBudget;
  readonly #handlers: RequestHandlers;
  #phase: Phase = "head";
  readonly #text = new MarkedText();
  #waiting: Buffer[] = [];
  #head: RequestHead = { method: "", path: "", headers: new Map() };
  readonly #body = new Pieces();
  #bodyBytes = 0;
  #heldBytes = 0;
  #missing = 0;
  /** Set while a body is handed on as it comes. */
  #incoming: IncomingBody | undefined;
  #isAnswered = false;
  #isReading = false;
  #headTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, budget: RequestBudget, handlers: RequestHandlers) {
    this.#socket = socket;
    this.#answers = new AnswerWriter(socket);
    this.#budget = budget;
    this.#handlers = handlers;
  }

  take(data: Buffer): void {
    if (this.#waiting.length > 0) this.#waiting.push(data);
    else this.#consume(data);
  }

  #consume(data: Buffer): void {
    this.#isReading = true;
    let rest: Buffer | undefined = data;
    while (rest !== undefined && rest.length > 0 && !this.#socket.destroyed) {
      if (this.#phase === "answering" || this.#incoming?.isHeld || this.#mustWait()) {
        this.#waiting.push(rest);
        this.#socket.pause();
        break;
      }
      rest = this.#steps[this.#phase](rest);
    }
    this.#isReading = false;
    // Who has asked for more already gets what was answered together with the answer to that.
    if (this.#phase !== "answering") this.#answers.flush();
  }

  /** True while the runtime does not read its answers, or has had the server's attention for long enough. */
  #mustWait(): boolean {
    if (this.#socket.writableNeedDrain) {
      this.#socket.once("drain", () => this.#goOn());
      return true;
    }
    if (this.#budget.take(this.#phase === "head" ? stepsOfHead : 1)) return false;
    this.#budget.later(() => this.#goOn());
    return true;
  }

  #goOn(): void {
    const queued = this.#waiting;
    this.#waiting = [];
    this.#socket.resume();
    for (const data of queued) this.take(data);
  }

  close(): void {
    clearTimeout(this.#headTimer);
    this.#release();
    this.#incoming?.abort();
    this.#incoming = undefined;
  }

  readonly #steps: Readonly<Record<Exclude<Phase, "answering">, (data: Buffer) => Buffer | undefined>> = {
    head: (data) => this.#readHead(data),
    fixed: (data) => this.#readBody(data, () => this.#dispatch()),
    "chunk-size": (data) => this.#readChunkSize(data),
    chunk: (data) => this.#readBody(data, () => void (this.#phase = "chunk-end")),
    "chunk-end": (data) => this.#readChunkEnd(data),
    trailers: (data) => this.#readTrailer(data),
  };

  #release(): void {
    this.#budget.heldBytes -= this.#heldBytes;
    this.#heldBytes = 0;
    this.#body.take();
  }

  #refuse(status: number): undefined {
    clearTimeout(this.#headTimer);
    this.#isAnswered = true;
    if (!this.#socket.destroyed)
      this.#socket.end(answerHead({ status, headers: ["Connection: close"], body: "" }), () => this.#socket.destroy());
    this.#phase = "answering";
    return undefined;
  }

  /** Takes bytes up to and with the mark; undefined while it has not come. */
  #takeText(data: Buffer, mark: string, limit: number): { readonly text: string; readonly rest: Buffer } | undefined {
    const taken = this.#text.take(data, mark, limit);
    if (taken === "too-long") return this.#refuse(431);
    return taken === "more" ? undefined : taken;
  }

  #readHead(data: Buffer): Buffer | undefined {
    this.#headTimer ??= setTimeout(() => this.#socket.destroy(), engineLimits.requestHeadTimeoutMs);
    // Empty lines before a request are to be overlooked (RFC 9112, 2.2).
    if (this.#text.isEmpty && data[0] === 13 && data[1] === 10) return data.subarray(2);
    const taken = this.#takeText(data, headEnd, engineLimits.requestHeadBytes);
    if (taken === undefined) return undefined;
    const head = parseHead(taken.text);
    if (head === undefined) return this.#refuse(400);
    clearTimeout(this.#headTimer);
    this.#headTimer = undefined;
    this.#head = head;
    this.#isAnswered = false;
    this.#startBody();
    return taken.rest;
  }

  #startBody(): void {
    const { headers } = this.#head;
    if (headers.get("expect")?.toLowerCase() === "100-continue") this.#socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    if (headers.get("transfer-encoding")?.toLowerCase() === "chunked") {
      this.#phase = "chunk-size";
      this.#startStream();
      return;
    }
    const length = headers.get("content-length") ?? "0";
    if (headers.has("transfer-encoding") || !/^\d{1,12}$/.test(length)) return this.#refuse(400);
    this.#missing = Number(length);
    this.#phase = "fixed";
    if (this.#missing > this.#budget.bodyBytes) this.#startStream();
    if (this.#missing === 0) this.#dispatch();
  }

  #startStream(): void {
    const sink = this.#handlers.stream(this.#head, this.#replyToThis());
    if (sink !== undefined) this.#incoming = new IncomingBody(sink);
  }

  #readBody(data: Buffer, then: () => void): Buffer {
    const part = data.subarray(0, this.#missing);
    this.#missing -= part.length;
    if (this.#incoming === undefined) this.#keep(part);
    else this.#incoming.take(part, () => this.#goOn());
    if (this.#missing === 0) then();
    return data.subarray(part.length);
  }

  // What is over the limit is read on, so that the runtime hears of it, but not kept.
  #keep(part: Buffer): void {
    this.#bodyBytes += part.length;
    if (this.#bodyBytes > this.#budget.bodyBytes) return this.#release();
    this.#body.add(part);
    this.#heldBytes += part.length;
    this.#budget.heldBytes += part.length;
    if (this.#budget.heldBytes > this.#budget.mostHeldBytes) this.#socket.destroy();
  }

  #readChunkSize(data: Buffer): Buffer | undefined {
    const taken = this.#takeText(data, "\r\n", engineLimits.requestHeadBytes);
    if (taken === undefined) return undefined;
    const size = /^([0-9a-fA-F]{1,8})\s*(;.*)?$/.exec(taken.text)?.[1];
    if (size === undefined) return this.#refuse(400);
    this.#missing = Number.parseInt(size, 16);
    this.#phase = this.#missing === 0 ? "trailers" : "chunk";
    return taken.rest;
  }

  #readChunkEnd(data: Buffer): Buffer | undefined {
    const taken = this.#takeText(data, "\r\n", 2);
    if (taken === undefined) return undefined;
    if (taken.text !== "") return this.#refuse(400);
    this.#phase = "chunk-size";
    return taken.rest;
  }

  #readTrailer(data: Buffer): Buffer | undefined {
    const taken = this.#takeText(data, "\r\n", this.#incoming?.trailerRoom ?? engineLimits.requestHeadBytes);
    if (taken?.text === "") this.#dispatch();
    else if (taken !== undefined) this.#incoming?.addTrailer(taken.text);
    return taken?.rest;
  }

  #dispatch(): void {
    this.#phase = "answering";
    if (this.#incoming !== undefined) return this.#finishStream(this.#incoming);
    const { method, path, headers } = this.#head;
    const tooLarge = this.#bodyBytes > this.#budget.bodyBytes;
    this.#handlers.request({ method, path, headers, body: this.#body.take(), tooLarge }, this.#replyToThis());
  }

  #finishStream(incoming: IncomingBody): void {
    const wasAnswered = this.#isAnswered;
    this.#incoming = undefined;
    incoming.finish();
    if (wasAnswered) this.#readNext();
  }

  #replyToThis(): Reply {
    const head = this.#head;
    return (answer) => {
      if (this.#head === head && !this.#isAnswered) this.#answer(answer);
    };
  }

  #answer(answer: RuntimeAnswer): void {
    this.#isAnswered = true;
    this.#release();
    this.#answers.write(answer);
    if (!this.#isReading) this.#answers.flush();
    // A stream may be answered before its end: the rest of it comes all the same.
    if (this.#phase === "answering") this.#readNext();
  }

  #readNext(): void {
    if (this.#head.headers.get("connection")?.toLowerCase() === "close") return void this.#socket.end();
    this.#phase = "head";
    this.#bodyBytes = 0;
    this.#goOn();
  }
}

/**
 * Reads HTTP/1.1 requests off a connection and hands them on one at a time; what is pipelined waits. A body is never put together here.
 * A request that breaks HTTP or a bound ends its connection.
 */
export function readRequests(socket: Socket, budget: RequestBudget, handlers: RequestHandlers): void {
  const reader = new RequestReader(socket, budget, handlers);
  socket.on("data", (data) => reader.take(data));
  socket.on("error", () => socket.destroy());
  socket.on("close", () => reader.close());
}
