import { connect } from "node:net";

/** What came back. `head` is the status line and the headers as they came. */
interface HttpAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** One kept-alive HTTP/1.1 connection, one request at a time: a load generator that asks less of the machine than node:http would. */
export interface HttpConnection {
  /** @throws Error if the connection fails, ends, stays silent too long or answers without a Content-Length */
  exchange(head: string, body: Buffer): Promise<HttpAnswer>;
  close(): void;
}

/** Longest silence within a request. Milliseconds. */
const silenceMs = 30_000;

/** Connects to a server of this machine. */
export async function openHttpConnection(host: string, port: number): Promise<HttpConnection> {
  const socket = connect({ host, port, noDelay: true });
  let waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;
  let pending: Buffer = Buffer.alloc(0);
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = undefined;
    socket.destroy();
  };
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.setTimeout(silenceMs, () => fail(new Error(`No answer within ${silenceMs} ms.`)));
  socket.on("error", fail).on("close", () => fail(new Error("The server closed the connection.")));
  socket.on("data", (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    try {
      const answer = readAnswer(pending);
      if (answer === undefined) return;
      pending = Buffer.alloc(0);
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

/** The answer, once all of it is there. */
function readAnswer(bytes: Buffer): HttpAnswer | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`The answer has no Content-Length:\n${head}`);
  const end = headEnd + 4 + Number(length);
  if (bytes.length < end) return undefined;
  return { status: Number(head.slice(9, 12)), head, body: bytes.toString("utf8", headEnd + 4, end) };
}
