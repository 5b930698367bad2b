import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

/** The port that Mayfly listens on. It is taken first, so that a second server is told at once; requests wait until `serve`. */
export interface Listener {
  readonly port: number;
  /** From now on requests go to `handler`, those that already wait included. */
  serve(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  /** Serves a connection that arrived in some other way: from inside the sandbox of a function. */
  adopt(socket: Socket, functionKey: string): void;
  /** Of the function that a connection was adopted from: what it is known by across accounts and regions. */
  functionOf(socket: Socket): string | undefined;
  /** Takes no more connections, ends idle ones, and cuts the rest. */
  close(): Promise<void>;
}

/** Longest that headers may take to arrive. Milliseconds. */
const headersTimeoutMs = 20_000;
/** An idle connection is kept for this long; clients' pools time out sooner. Milliseconds. */
const keepAliveTimeoutMs = 75_000;
/** Largest set of request headers. Bytes. */
const maxHeaderBytes = 64 * 1024;

/** Listens on `host`:`port`. @throws the listen error (`EADDRINUSE`, `EACCES`, ...) */
export async function listen(host: string, port: number): Promise<Listener> {
  let serve: (handler: (request: IncomingMessage, response: ServerResponse) => void) => void = () => {};
  const handler = new Promise<(request: IncomingMessage, response: ServerResponse) => void>((resolve) => (serve = resolve));
  let handle: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  void handler.then((ready) => (handle = ready));
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    maxHeaderSize: maxHeaderBytes,
    noDelay: true,
  });
  server.requestTimeout = 0;
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    if (handle) handle(request, response);
    else void handler.then((ready) => ready(request, response));
  };
  server.on("request", receive);
  // Whoever reads the body says that it may come.
  server.on("checkContinue", receive);
  server.on("clientError", answerUnreadableRequest);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, 1024, resolve);
  });
  const adopted = new WeakMap<Socket, string>();
  return {
    port: (server.address() as AddressInfo).port,
    serve,
    adopt(socket, functionKey) {
      adopted.set(socket, functionKey);
      server.emit("connection", socket);
    },
    functionOf: (socket) => adopted.get(socket),
    close: () => closeServer(server),
  };
}

/** What Node could not read as HTTP gets AWS's plain 400 instead of silence. */
function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), closeGraceMs).unref();
  });
}

/** Answers that are being written get this long. Milliseconds. */
const closeGraceMs = 500;
