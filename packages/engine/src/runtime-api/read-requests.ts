import type { Socket } from "node:net";
import { engineLimits } from "../limits.ts";

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

/** Bytes that an environment's requests hold until they are answered; shared by its connections. */
export interface RequestBudget {
  heldBytes: number;
}

const reasons: Readonly<Record<number, string>> = { 200: "OK", 202: "Accepted", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 413: "Request Entity Too Large", 431: "Request Header Fields Too Large" };

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
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) return undefined;
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method, path, headers };
}

/**
 * Reads HTTP/1.1 requests off a connection and hands them on one at a time; what is pipelined waits. A body is never put together here.
 * A request that breaks HTTP or a bound ends its connection.
 */
export function readRequests(socket: Socket, budget: RequestBudget, onRequest: (request: RuntimeRequest, reply: (answer: RuntimeAnswer) => void) => void): void {
  let phase: Phase = "head";
  let text: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let head: Head | undefined;
  let body: Buffer[] = [];
  let bodyBytes = 0;
  let heldBytes = 0;
  let missing = 0;
  let headTimer: NodeJS.Timeout | undefined;

  const release = (): void => {
    budget.heldBytes -= heldBytes;
    heldBytes = 0;
    body = [];
  };
  const refuse = (status: number): undefined => {
    if (!socket.destroyed) socket.end(answerHead({ status, headers: ["Connection: close"], body: "" }, 0), () => socket.destroy());
    phase = "answering";
    return undefined;
  };

  /** Takes bytes up to and with the mark; undefined while it has not come. */
  const takeText = (data: Buffer, mark: string, limit: number): { readonly text: string; readonly rest: Buffer } | undefined => {
    const all = text.length === 0 ? data : Buffer.concat([text, data]);
    const end = all.indexOf(mark);
    if (end > limit || (end < 0 && all.length > limit)) return refuse(431);
    if (end < 0) {
      text = all;
      return undefined;
    }
    text = Buffer.alloc(0);
    return { text: all.toString("latin1", 0, end), rest: all.subarray(end + mark.length) };
  };

  const keep = (part: Buffer): void => {
    bodyBytes += part.length;
    if (bodyBytes > engineLimits.responseBytes) return release();
    body.push(part);
    heldBytes += part.length;
    budget.heldBytes += part.length;
    if (budget.heldBytes > engineLimits.requestBufferBytes) socket.destroy();
  };

  const dispatch = (): void => {
    phase = "answering";
    const { method, path, headers } = head!;
    const chunks = body;
    const tooLarge = bodyBytes > engineLimits.responseBytes;
    let answered = false;
    onRequest({ method, path, headers, body: chunks, tooLarge }, (answer) => {
      if (answered) return;
      answered = true;
      release();
      const bytes = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
      socket.cork();
      socket.write(answerHead(answer, bytes.length));
      socket.write(bytes);
      socket.uncork();
      phase = "head";
      bodyBytes = 0;
      if (headers.get("connection")?.toLowerCase() === "close") return void socket.end();
      const queued = waiting;
      waiting = [];
      socket.resume();
      for (const data of queued) consume(data);
    });
  };

  const startBody = (): void => {
    clearTimeout(headTimer);
    headTimer = undefined;
    if (head!.headers.get("expect")?.toLowerCase() === "100-continue") socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    if (head!.headers.get("transfer-encoding")?.toLowerCase() === "chunked") {
      phase = "chunk-size";
      return;
    }
    const length = head!.headers.get("content-length") ?? "0";
    if (head!.headers.has("transfer-encoding") || !/^\d{1,12}$/.test(length)) return refuse(400);
    missing = Number(length);
    phase = "fixed";
    if (missing === 0) dispatch();
  };

  const steps: Readonly<Record<Exclude<Phase, "answering">, (data: Buffer) => Buffer | undefined>> = {
    head(data) {
      headTimer ??= setTimeout(() => socket.destroy(), engineLimits.requestHeadTimeoutMs);
      // Empty lines before a request are to be overlooked (RFC 9112, 2.2).
      if (text.length === 0 && data[0] === 13 && data[1] === 10) return data.subarray(2);
      const taken = takeText(data, headEnd, engineLimits.requestHeadBytes);
      if (taken === undefined) return undefined;
      head = parseHead(taken.text);
      if (head === undefined) return refuse(400);
      startBody();
      return taken.rest;
    },
    fixed(data) {
      const part = data.subarray(0, missing);
      missing -= part.length;
      keep(part);
      if (missing === 0) dispatch();
      return data.subarray(part.length);
    },
    "chunk-size"(data) {
      const taken = takeText(data, "\r\n", engineLimits.requestHeadBytes);
      if (taken === undefined) return undefined;
      const size = /^([0-9a-fA-F]{1,8})\s*(;.*)?$/.exec(taken.text)?.[1];
      if (size === undefined) return refuse(400);
      missing = Number.parseInt(size, 16);
      phase = missing === 0 ? "trailers" : "chunk";
      return taken.rest;
    },
    chunk(data) {
      const part = data.subarray(0, missing);
      missing -= part.length;
      keep(part);
      if (missing === 0) phase = "chunk-end";
      return data.subarray(part.length);
    },
    "chunk-end"(data) {
      const taken = takeText(data, "\r\n", 2);
      if (taken === undefined) return undefined;
      if (taken.text !== "") return refuse(400);
      phase = "chunk-size";
      return taken.rest;
    },
    trailers(data) {
      const taken = takeText(data, "\r\n", engineLimits.requestHeadBytes);
      if (taken === undefined) return undefined;
      if (taken.text === "") dispatch();
      return taken.rest;
    },
  };

  function consume(data: Buffer): void {
    let rest: Buffer | undefined = data;
    while (rest !== undefined && rest.length > 0 && !socket.destroyed) {
      if (phase === "answering") {
        waiting.push(rest);
        socket.pause();
        return;
      }
      rest = steps[phase](rest);
    }
  }

  socket.on("data", consume);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    clearTimeout(headTimer);
    release();
  });
}
