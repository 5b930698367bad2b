// A process of its own: `floor.ts CLIENTS COMMAND...` answers each POST with its body, by way of one of so many processes of COMMAND, which gets the
// path of a Unix socket as its last argument. node:http in front, the socket, bare clients behind, nothing else: what no server on this machine can fall
// below. A client has one request at a time, as an environment has one invocation. `POST /cold` goes through a client that is started for it alone,
// `POST /plain` through none. `POST /stream/BYTES` is answered with so many bytes in pieces of 64 KiB. Prints `{"port":N,"clientPid":N}` when all answer; ends when its input does.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

interface Client {
  /** Sends one body there and back. */
  exchange(body: Buffer): Promise<Buffer>;
  readonly process: ChildProcess;
}

const folder = mkdtempSync(join(tmpdir(), "mayfly-floor-"));
const socketPath = join(folder, "s");
const [clientCount, command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) throw new Error("Which command stands behind the floor?");
const processes = new Set<ChildProcess>();
const connections: ((socket: Socket) => void)[] = [];

/** Starts a client and waits until it is connected. One at a time: clients do not say who they are. */
async function startClient(program: string): Promise<Client> {
  const connected = new Promise<Socket>((resolve) => connections.push(resolve));
  const child = spawn(program, [...commandArguments, socketPath], { stdio: ["ignore", "ignore", "inherit"] });
  processes.add(child);
  child.once("exit", () => processes.delete(child));
  return { process: child, exchange: exchanger(await connected) };
}

/** A frame goes out, the next one that comes in is its answer. */
function exchanger(socket: Socket): Client["exchange"] {
  let answered: ((body: Buffer) => void) | undefined;
  let chunks: Buffer[] = [];
  let bytes = 0;
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < 4) return;
    if (chunks.length > 1 && chunks[0] && chunks[0].length < 4) chunks = [Buffer.concat(chunks)];
    if (bytes < 4 + (chunks[0]?.readUInt32BE(0) ?? 0)) return;
    const frame = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = [];
    bytes = 0;
    answered?.(frame.subarray(4));
  });
  socket.on("error", () => socket.destroy());
  return (body) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    socket.write(Buffer.concat([length, body]));
    return new Promise((resolve) => (answered = resolve));
  };
}

/** The client that was used last is the next one's. */
const free: Client[] = [];
const waiting: ((client: Client) => void)[] = [];

async function exchange(body: Buffer): Promise<Buffer> {
  const client = free.pop() ?? (await new Promise<Client>((resolve) => void waiting.push(resolve)));
  const answer = await client.exchange(body);
  const next = waiting.shift();
  if (next === undefined) free.push(client);
  else next(client);
  return answer;
}

async function exchangeCold(program: string, body: Buffer): Promise<Buffer> {
  const client = await startClient(program);
  const answered = await client.exchange(body);
  client.process.kill("SIGKILL");
  return answered;
}

async function answer(request: IncomingMessage, program: string): Promise<Buffer> {
  const body = await buffer(request);
  if (request.url === "/plain") return body;
  return request.url === "/cold" ? exchangeCold(program, body) : exchange(body);
}

function end(): void {
  for (const client of processes) client.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

const sockets = createSocketServer((socket) => connections.shift()?.(socket));
await new Promise<void>((resolve) => sockets.listen(socketPath, resolve));
for (let i = 0; i < Number(clientCount); i++) {
  const client = await startClient(command);
  await client.exchange(Buffer.from("{}"));
  free.push(client);
}
const piece = Buffer.alloc(65_536, "x");

async function stream(request: IncomingMessage, response: ServerResponse, bytes: number): Promise<void> {
  await buffer(request);
  for (let left = bytes; left > 0; left -= piece.length)
    if (!response.write(left < piece.length ? piece.subarray(0, left) : piece)) await once(response, "drain");
  response.end();
}

const front = createHttpServer((request, response) => {
  const bytes = /^\/stream\/(\d+)$/.exec(request.url ?? "")?.[1];
  if (bytes !== undefined) return void stream(request, response, Number(bytes));
  answer(request, command).then(
    (body) => response.end(body),
    (error: unknown) => response.destroy(error as Error),
  );
});
front.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ port: (front.address() as AddressInfo).port, clientPid: free.at(-1)?.process.pid }));
});
process.stdin.once("close", end).resume();
process.once("SIGTERM", end).once("SIGINT", end);
