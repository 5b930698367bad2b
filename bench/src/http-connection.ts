import { connect } from "node:net";

/** What came back. `head` is the status line and the headers as they came. */
interface HttpAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
  /** When the first byte of the body came, as `performance.now()` has it; when all was there, if it has none. */
  readonly firstByteAtMs: number;
}

/** One kept-alive HTTP/1.1 connection, one request at a time: a load generator that asks less of the machine than node:http would. */
export interface HttpConnection {
  /** @throws Error if the connection fails, ends, stays silent too long or answers in a way that this can't read */
  exchange(head: string, body: Buffer): Promise<HttpAnswer>;
  close(): void;
}

/** Longest silence within a request. Milliseconds. */
const silenceMs = 45_000;

/** Connects to a server of this machine. */
export async function openHttpConnection(host: string, port: number): Promise<HttpConnection> {
  const socket = connect({ host, port, noDelay: true });
  let waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;
  let reader = createAnswerReader();
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = undefined;
    socket.destroy();
  };
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.setTimeout(silenceMs, () => fail(new Error(`No answer within ${silenceMs} ms.`)));
  socket.on("error", fail).on("close", () => fail(new Error("The server closed the connection.")));
  socket.on("data", (chunk) => {
    try {
      const answer = reader(chunk);
      if (answer === undefined) return;
      reader = createAnswerReader();
      waiting?.resolve(answer);
      waiting = undefined;
    } catch (error) {
      fail(error as Error);
    }
  });
  return {
    exchange: (head, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (socket.destroyed) fail(new Error("The connection is closed."));
        else socket.write(Buffer.concat([Buffer.from(head, "latin1"), body]));
      }),
    close: () => socket.destroy(),
  };
}

/** Takes pieces until an answer is complete. Keeps them apart: putting megabytes together anew with each piece would be most of what is measured. */
function createAnswerReader(): (chunk: Buffer) => HttpAnswer | undefined {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let head: string | undefined;
  let length = 0;
  let firstByteAtMs: number | undefined;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (head === undefined) {
      const all = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const headEnd = all.indexOf("\r\n\r\n");
      if (headEnd === -1) return undefined;
      head = all.toString("latin1", 0, headEnd);
      length = bodyLength(head);
      chunks = [all.subarray(headEnd + 4)];
      bytes = all.length - headEnd - 4;
    }
    if (bytes > 0) firstByteAtMs ??= performance.now();
    if (length === inChunks) {
      if (!endsWithLastChunk(chunks)) return undefined;
      return { status: statusOf(head), head, body: joinChunks(Buffer.concat(chunks)), firstByteAtMs: firstByteAtMs ?? performance.now() };
    }
    if (bytes < length) return undefined;
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    return { status: statusOf(head), head, body, firstByteAtMs: firstByteAtMs ?? performance.now() };
  };
}

const inChunks = -1;
const lastChunk = Buffer.from("0\r\n\r\n");

/** Looks at the end alone, which may lie in two pieces or more. */
function endsWithLastChunk(chunks: readonly Buffer[]): boolean {
  let tail: Buffer = Buffer.alloc(0);
  for (let i = chunks.length - 1; i >= 0 && tail.length < lastChunk.length; i--) tail = Buffer.concat([chunks[i] ?? tail, tail]);
  return tail.subarray(-lastChunk.length).equals(lastChunk);
}

const statusOf = (head: string): number => Number(head.slice(9, 12));

function bodyLength(head: string): number {
  if (/^transfer-encoding: *chunked/im.test(head)) return inChunks;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`The answer has neither Content-Length nor chunks:\n${head}`);
  return Number(length);
}

function joinChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
