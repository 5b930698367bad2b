import type { Socket } from "node:net";
import { engineLimits } from "../limits.ts";
import { Pieces } from "./pieces.ts";
import type { RequestBudget } from "./request-budget.ts";

/** One request of a runtime. */
export interface RuntimeRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; values as bytes came (latin1). */
  readonly headers: ReadonlyMap<string, string>;
  /** The body in the pieces that it came in; empty if it was too large. */
  readonly body: readonly Buffer[];
  readonly tooLarge: boolean;
}

/** An answer to a request. */
export interface RuntimeAnswer {
  readonly status: number;
  readonly headers?: readonly string[];
  readonly body: Buffer | string;
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  202: "Accepted",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  431: "Request Header Fields Too Large",
};

function answerHead(answer: RuntimeAnswer, length: number): string {
  const own = (answer.headers ?? []).map((line) => `${line}\r\n`).join("");
  return `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? "Error"}\r\nContent-Type: application/json\r\n${own}Content-Length: ${length}\r\n\r\n`;
}

const headEnd = "\r\n\r\n";
type Phase = "head" | "fixed" | "chunk-size" | "chunk" | "chunk-end" | "trailers" | "answering";

interface Head {
  readonly method: string;
  readonly path: string;
  readonly headers: Map<string, string>;
}

function parseHead(text: string): Head | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const words = first.split(" ");
  const [method, path, version] = words;
  if (words.length !== 3 || !method || !path || !/^HTTP\/1\.[01]$/.test(version ?? "")) return undefined;
  const headers = new Map<string, string>();
  // A lone line end is no part of a value (RFC 9112, 2.2): it would forge lines in the log.
  if (/[\r\n\0]/.test(lines.join(""))) return undefined;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) return undefined;
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method, path, headers };
}

/** Reading a head and answering costs as much as so many pieces of a body. */
const stepsOfHead = 8;

type OnRequest = (request: RuntimeRequest, reply: (answer: RuntimeAnswer) => void) => void;

/** One connection's requests, read one at a time. Every step takes what it needs of the bytes and gives back the rest; undefined once it needs more. */
class RequestReader {
  readonly #socket: Socket;
  readonly #budget: RequestBudget;
  readonly #onRequest: OnRequest;
  #phase: Phase = "head";
  #text: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #head: Head = { method: "", path: "", headers: new Map() };
  readonly #body = new Pieces();
  #bodyBytes = 0;
  #heldBytes = 0;
  #missing = 0;
  #headTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, budget: RequestBudget, onRequest: OnRequest) {
    this.#socket = socket;
    this.#budget = budget;
    this.#onRequest = onRequest;
  }

  take(data: Buffer): void {
    if (this.#waiting.length > 0) this.#waiting.push(data);
    else this.#consume(data);
  }

  #consume(data: Buffer): void {
    let rest: Buffer | undefined = data;
    while (rest !== undefined && rest.length > 0 && !this.#socket.destroyed) {
      if (this.#phase === "answering" || this.#mustWait()) {
        this.#waiting.push(rest);
        this.#socket.pause();
        return;
      }
      rest = this.#steps[this.#phase](rest);
    }
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
    if (!this.#socket.destroyed)
      this.#socket.end(answerHead({ status, headers: ["Connection: close"], body: "" }, 0), () => this.#socket.destroy());
    this.#phase = "answering";
    return undefined;
  }

  /** Takes bytes up to and with the mark; undefined while it has not come. */
  #takeText(data: Buffer, mark: string, limit: number): { readonly text: string; readonly rest: Buffer } | undefined {
    const all = this.#text.length === 0 ? data : Buffer.concat([this.#text, data]);
    const end = all.indexOf(mark);
    if (end > limit || (end < 0 && all.length > limit)) return this.#refuse(431);
    if (end < 0) {
      this.#text = all;
      return undefined;
    }
    this.#text = Buffer.alloc(0);
    return { text: all.toString("latin1", 0, end), rest: all.subarray(end + mark.length) };
  }

  #readHead(data: Buffer): Buffer | undefined {
    this.#headTimer ??= setTimeout(() => this.#socket.destroy(), engineLimits.requestHeadTimeoutMs);
    // Empty lines before a request are to be overlooked (RFC 9112, 2.2).
    if (this.#text.length === 0 && data[0] === 13 && data[1] === 10) return data.subarray(2);
    const taken = this.#takeText(data, headEnd, engineLimits.requestHeadBytes);
    if (taken === undefined) return undefined;
    const head = parseHead(taken.text);
    if (head === undefined) return this.#refuse(400);
    clearTimeout(this.#headTimer);
    this.#headTimer = undefined;
    this.#head = head;
    this.#startBody();
    return taken.rest;
  }

  #startBody(): void {
    const { headers } = this.#head;
    if (headers.get("expect")?.toLowerCase() === "100-continue") this.#socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    if (headers.get("transfer-encoding")?.toLowerCase() === "chunked") {
      this.#phase = "chunk-size";
      return;
    }
    const length = headers.get("content-length") ?? "0";
    if (headers.has("transfer-encoding") || !/^\d{1,12}$/.test(length)) return this.#refuse(400);
    this.#missing = Number(length);
    this.#phase = "fixed";
    if (this.#missing === 0) this.#dispatch();
  }

  #readBody(data: Buffer, then: () => void): Buffer {
    const part = data.subarray(0, this.#missing);
    this.#missing -= part.length;
    this.#keep(part);
    if (this.#missing === 0) then();
    return data.subarray(part.length);
  }

  // What is over the limit is read on, so that the runtime hears of it, but not kept.
  #keep(part: Buffer): void {
    this.#bodyBytes += part.length;
    if (this.#bodyBytes > engineLimits.responseBytes) return this.#release();
    this.#body.add(part);
    this.#heldBytes += part.length;
    this.#budget.heldBytes += part.length;
    if (this.#budget.heldBytes > engineLimits.requestBufferBytes) this.#socket.destroy();
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
    const taken = this.#takeText(data, "\r\n", engineLimits.requestHeadBytes);
    if (taken?.text === "") this.#dispatch();
    return taken?.rest;
  }

  #dispatch(): void {
    this.#phase = "answering";
    const { method, path, headers } = this.#head;
    const tooLarge = this.#bodyBytes > engineLimits.responseBytes;
    let answered = false;
    this.#onRequest({ method, path, headers, body: this.#body.take(), tooLarge }, (answer) => {
      if (answered) return;
      answered = true;
      this.#answer(answer, headers.get("connection")?.toLowerCase() === "close");
    });
  }

  #answer(answer: RuntimeAnswer, last: boolean): void {
    this.#release();
    const bytes = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
    this.#socket.cork();
    this.#socket.write(answerHead(answer, bytes.length));
    this.#socket.write(bytes);
    this.#socket.uncork();
    if (last) return void this.#socket.end();
    this.#phase = "head";
    this.#bodyBytes = 0;
    this.#goOn();
  }
}

/**
 * Reads HTTP/1.1 requests off a connection and hands them on one at a time; what is pipelined waits. A body is never put together here.
 * A request that breaks HTTP or a bound ends its connection.
 */
export function readRequests(socket: Socket, budget: RequestBudget, onRequest: OnRequest): void {
  const reader = new RequestReader(socket, budget, onRequest);
  socket.on("data", (data) => reader.take(data));
  socket.on("error", () => socket.destroy());
  socket.on("close", () => reader.close());
}
