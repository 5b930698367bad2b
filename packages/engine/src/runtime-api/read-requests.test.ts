import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { engineLimits } from "../limits.ts";
import type { BodySink } from "./incoming-body.ts";
import { readRequests, type Reply, type RequestHandlers } from "./read-requests.ts";
import { RequestBudget } from "./request-budget.ts";

/** A server that answers each request with what it was asked, and a client of bare sockets. */
let server: Server;
let budget: RequestBudget;
let handlers: RequestHandlers;
let serverSide: Socket[];
const clients: Socket[] = [];

beforeEach(async () => {
  budget = new RequestBudget();
  serverSide = [];
  handlers = {
    request: ({ method, path, body, tooLarge }, reply) =>
      reply({
        status: 200,
        body: tooLarge ? "too large" : `${method} ${path} ${Buffer.concat(body).length} ${Buffer.concat(body).toString().slice(0, 20)}`,
      }),
    stream: () => undefined,
  };
  server = createServer((socket) => {
    serverSide.push(socket);
    readRequests(socket, budget, { request: (...args) => handlers.request(...args), stream: (...args) => handlers.stream(...args) });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of [...clients.splice(0), ...serverSide]) socket.destroy();
  await new Promise((resolve) => void server.close(resolve));
});

interface Client {
  readonly socket: Socket;
  /** What came so far. */
  said(): string;
  /** Resolves once that many answers have come, with their bodies. */
  answers(count: number): Promise<readonly string[]>;
  readonly closed: Promise<unknown>;
}

async function client(): Promise<Client> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  clients.push(socket);
  let text = "";
  const watchers = new Set<() => void>();
  socket.on("error", () => {});
  socket.on("data", (data) => {
    text += data.toString("latin1");
    for (const watch of watchers) watch();
  });
  const closed = new Promise((resolve) => void socket.once("close", resolve));
  await once(socket, "connect");
  const bodies = (): readonly string[] => {
    const found: string[] = [];
    for (let rest = text; ;) {
      const head = /^HTTP\/1\.1 \d+ [^\r]*\r\n[^]*?Content-Length: (\d+)\r\n\r\n/.exec(rest);
      if (head === null || rest.length < head[0].length + Number(head[1])) return found;
      found.push(rest.slice(head[0].length, head[0].length + Number(head[1])));
      rest = rest.slice(head[0].length + Number(head[1]));
    }
  };
  return {
    socket,
    said: () => text,
    closed,
    answers: (count) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (bodies().length < count) return;
          watchers.delete(watch);
          resolve(bodies());
        };
        watchers.add(watch);
        watch();
      }),
  };
}

test("requests in one piece, in single bytes and pipelined", async () => {
  const { socket, answers } = await client();
  const post = "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
  const chunked = "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nA: b\r\n\r\n";
  socket.write(`\r\n${post}${chunked}GET /c HTTP/1.1\r\n\r\n`);
  expect(await answers(3)).toEqual(["POST /a 3 abc", "POST /b 3 abc", "GET /c 0 "]);
  for (const byte of post + chunked) {
    socket.write(byte);
    await new Promise(setImmediate);
  }
  expect((await answers(5)).slice(3)).toEqual(["POST /a 3 abc", "POST /b 3 abc"]);
  socket.write(post.repeat(2_000));
  expect(await answers(2_005)).toHaveLength(2_005);
});

test("a request waits for the answer of the one before", async () => {
  const replies: Reply[] = [];
  handlers = { ...handlers, request: (_request, reply) => void replies.push(reply) };
  const { socket, answers } = await client();
  socket.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
  await vi.waitFor(() => expect(replies).toHaveLength(1));
  replies[0]!({ status: 200, body: "one" });
  replies[0]!({ status: 200, body: "again" });
  await vi.waitFor(() => expect(replies).toHaveLength(2));
  replies[1]!({ status: 200, body: "two" });
  expect(await answers(2)).toEqual(["one", "two"]);
});

test("who has asked for more already gets both answers at once; who has not, its answer now", async () => {
  const replies: Reply[] = [];
  handlers = {
    ...handlers,
    request: ({ path }, reply) => (path === "/next" ? void replies.push(reply) : reply({ status: 202, body: "accepted" })),
  };
  const { socket, answers, said } = await client();
  const pieces: string[] = [];
  socket.on("data", (data) => pieces.push(data.toString()));
  const post = "POST /response HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
  socket.write(`${post}GET /next HTTP/1.1\r\n\r\n`);
  await vi.waitFor(() => expect(replies).toHaveLength(1));
  expect(said()).toBe("");
  replies[0]!({ status: 200, body: Buffer.from("event") });
  expect(await answers(2)).toEqual(["accepted", "event"]);
  expect(pieces).toHaveLength(1);
  socket.write(`${post}GET /ne`);
  expect((await answers(3))[2]).toBe("accepted");
  socket.write(`xt HTTP/1.1\r\n\r\n${post}`);
  await vi.waitFor(() => expect(replies).toHaveLength(2));
  replies[1]!({ status: 200, body: "another" });
  expect((await answers(5)).slice(3)).toEqual(["another", "accepted"]);
});

test.each([
  ["no HTTP", "hello\r\n\r\n", 400],
  ["a header without name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400],
  ["a lone line end in a header", "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n", 400],
  ["a NUL", "GET / HTTP/1.1\r\nA: \0\r\n\r\n", 400],
  ["a length that is none", "POST / HTTP/1.1\r\nContent-Length: 1e3\r\n\r\n", 400],
  ["a negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400],
  ["a coding that nobody knows", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 400],
  ["a chunk without size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400],
  ["a chunk of a size that is no number any more", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 400],
  ["a chunk that does not end", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naXYZ", 431],
  ["an endless chunk size", `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;${"x".repeat(20_000)}`, 431],
  ["an endless trailer", `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ${"x".repeat(20_000)}`, 431],
  ["a header of 1 MB", `GET / HTTP/1.1\r\nA: ${"x".repeat(1_048_576)}\r\n\r\n`, 431],
  ["headers without end", `GET / HTTP/1.1\r\n${"A: b\r\n".repeat(5_000)}`, 431],
])("%s ends the connection, and no other", async (_what, text, status) => {
  const other = await client();
  const { socket, said, closed } = await client();
  socket.write(text);
  await closed;
  // A client that still writes when the server is done may be reset before it has read why.
  expect(said()).toMatch(text.length > 65_536 ? new RegExp(`^$|^HTTP/1.1 ${status} `) : new RegExp(`^HTTP/1.1 ${status} `));
  other.socket.write("GET /still HTTP/1.1\r\n\r\n");
  expect(await other.answers(1)).toEqual(["GET /still 0 "]);
});

test("a head that comes too slowly ends the connection; a request under way has time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const slow = await client();
  const idle = await client();
  slow.socket.write("GET / HT");
  while (serverSide[0]!.bytesRead < 8) await new Promise(setImmediate);
  idle.socket.write("POST /idle HTTP/1.1\r\nContent-Length: 2\r\n\r\na");
  while (serverSide[1]!.bytesRead < 40) await new Promise(setImmediate);
  await vi.advanceTimersByTimeAsync(engineLimits.requestHeadTimeoutMs);
  await slow.closed;
  idle.socket.write("b");
  expect(await idle.answers(1)).toEqual(["POST /idle 2 ab"]);
});

test("a body over the limit is read on and told; nothing of it is kept", async () => {
  const { socket, answers } = await client();
  const size = engineLimits.responseBytes + 1;
  socket.write(`POST /a HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  socket.write("GET /b HTTP/1.1\r\n\r\n");
  expect(await answers(2)).toEqual(["too large", "GET /b 0 "]);
  expect(budget.heldBytes).toBe(0);
});

test("bodies that are never finished are bounded over all connections", async () => {
  const piece = Buffer.alloc(4 * 1024 * 1024);
  const open = await Promise.all(Array.from({ length: 6 }, client));
  for (const { socket } of open) socket.write(`POST /a HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n`);
  for (const { socket } of open) socket.write(piece);
  await Promise.race(open.map(({ closed }) => closed));
  expect(budget.heldBytes).toBeLessThan(engineLimits.requestBufferBytes + open.length * 65_536);
  for (const { socket } of open) socket.destroy();
  await vi.waitFor(() => expect(budget.heldBytes).toBe(0));
});

/** Notes what becomes of a body; takes more when told. */
function watchedSink(reply: Reply, isOpen: () => boolean = () => true) {
  const seen = { parts: [] as string[], trailers: undefined as ReadonlyMap<string, string> | undefined, isAborted: false, goOn: () => {} };
  const sink: BodySink = {
    trailerBytes: 200_000,
    take(part, goOn) {
      seen.parts.push(part.toString("latin1"));
      seen.goOn = goOn;
      return isOpen();
    },
    finish(trailers) {
      seen.trailers = trailers;
      reply({ status: 202, body: "taken" });
    },
    abort: () => void (seen.isAborted = true),
  };
  return { seen, sink };
}
const chunkedHead = "POST /s HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

test("a streamed body comes as it is sent, with its trailers, and the next request after it", async () => {
  let watched: ReturnType<typeof watchedSink> | undefined;
  handlers = { ...handlers, stream: (_head, reply) => (watched = watchedSink(reply)).sink };
  const { socket, answers } = await client();
  socket.write(`${chunkedHead}3\r\none\r\n`);
  await vi.waitFor(() => expect(watched?.seen.parts).toEqual(["one"]));
  const long = "y".repeat(150_000);
  socket.write(`3\r\ntwo\r\n0\r\nMy-Error: some thing\r\nLong: ${long}\r\n\r\nGET /next HTTP/1.1\r\n\r\n`);
  expect(await answers(2)).toEqual(["taken", "GET /next 0 "]);
  expect(watched?.seen).toMatchObject({ parts: ["one", "two"], isAborted: false });
  expect(watched?.seen.trailers).toEqual(
    new Map([
      ["my-error", "some thing"],
      ["long", long],
    ]),
  );
});

test("a very long body of known length is streamed as well", async () => {
  let bytes = 0;
  handlers = {
    ...handlers,
    stream: (_head, reply) => ({
      trailerBytes: 0,
      take: (part) => ((bytes += part.length), true),
      finish: () => reply({ status: 202, body: "taken" }),
      abort() {},
    }),
  };
  const { socket, answers } = await client();
  const size = engineLimits.responseBytes + 10;
  socket.write(`POST /a HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  expect(await answers(1)).toEqual(["taken"]);
  expect(bytes).toBe(size);
});

test("a sink that wants no more stops the reading of its connection", async () => {
  let isOpen = false;
  let watched: ReturnType<typeof watchedSink> | undefined;
  handlers = { ...handlers, stream: (_head, reply) => (watched = watchedSink(reply, () => isOpen)).sink };
  const { socket, answers } = await client();
  const chunk = Buffer.alloc(1_048_576, "x");
  socket.write(`${chunkedHead}4000000\r\n`);
  for (let count = 0; count < 64; count++) socket.write(chunk);
  socket.write("\r\n0\r\n\r\n");
  await vi.waitFor(() => expect(watched?.seen.parts).toHaveLength(1));
  await vi.waitFor(() => expect(serverSide[0]!.isPaused()).toBe(true));
  const read = serverSide[0]!.bytesRead;
  expect(read).toBeLessThan(1_048_576);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(serverSide[0]!.bytesRead).toBeLessThan(1_048_576);
  expect(watched!.seen.parts).toHaveLength(1);
  isOpen = true;
  watched!.seen.goOn();
  expect(await answers(1)).toEqual(["taken"]);
  expect(watched!.seen.parts.reduce((sum, { length }) => sum + length, 0)).toBe(64 * 1_048_576);
});

test("a stream that breaks off is told; one that is answered early is read to its end", async () => {
  let watched: ReturnType<typeof watchedSink> | undefined;
  handlers = { ...handlers, stream: (_head, reply) => (watched = watchedSink(reply)).sink };
  const broken = await client();
  broken.socket.write(`${chunkedHead}5\r\nab`);
  await vi.waitFor(() => expect(watched?.seen.parts).toEqual(["ab"]));
  broken.socket.destroy();
  await vi.waitFor(() => expect(watched?.seen.isAborted).toBe(true));
  const wrong = await client();
  wrong.socket.write(`${chunkedHead}2\r\nab\r\nzz\r\n`);
  await wrong.closed;
  expect(watched?.seen.isAborted).toBe(true);
  handlers = {
    ...handlers,
    stream: (_head, reply) => {
      reply({ status: 403, body: "no" });
      return { trailerBytes: 10, take: () => true, finish() {}, abort() {} };
    },
  };
  const early = await client();
  early.socket.write(`${chunkedHead}2\r\nab\r\n`);
  expect(await early.answers(1)).toEqual(["no"]);
  early.socket.write("2\r\nab\r\n0\r\n\r\nGET /next HTTP/1.1\r\n\r\n");
  expect((await early.answers(2))[1]).toBe("GET /next 0 ");
});
