// A process of its own: `floor.ts COMMAND...` answers each POST with its body, by way of COMMAND, which gets the path of a Unix socket as
// its last argument. node:http in front, the socket, a bare client behind, nothing else: what no server on this machine can fall below.
// `POST /cold` goes through a client started for it alone. Prints `{"port":N,"clientPid":N}` when both answer; ends when its input does.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
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
const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) throw new Error("Which command stands behind the floor?");
const clients = new Set<ChildProcess>();
const connections: ((socket: Socket) => void)[] = [];

/** Starts a client and waits until it is connected. One at a time: clients do not say who they are. */
async function startClient(program: string): Promise<Client> {
  const connected = new Promise<Socket>((resolve) => connections.push(resolve));
  const child = spawn(program, [...commandArguments, socketPath], { stdio: ["ignore", "ignore", "inherit"] });
  clients.add(child);
  child.once("exit", () => clients.delete(child));
  return { process: child, exchange: exchanger(await connected) };
}

/** Frames go out and come back in order, so the first waiting request owns the next frame. */
function exchanger(socket: Socket): Client["exchange"] {
  const waiting: ((body: Buffer) => void)[] = [];
  let pending: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
      const end = 4 + pending.readUInt32BE(0);
      waiting.shift()?.(pending.subarray(4, end));
      pending = pending.subarray(end);
    }
  });
  socket.on("error", () => socket.destroy());
  return (body) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    socket.write(Buffer.concat([length, body]));
    return new Promise((resolve) => waiting.push(resolve));
  };
}

function end(): void {
  for (const client of clients) client.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

async function answer(request: IncomingMessage, warm: Client, program: string): Promise<Buffer> {
  const body = await buffer(request);
  if (request.url !== "/cold") return warm.exchange(body);
  const client = await startClient(program);
  const answered = await client.exchange(body);
  client.process.kill("SIGKILL");
  return answered;
}

const sockets = createSocketServer((socket) => connections.shift()?.(socket));
await new Promise<void>((resolve) => sockets.listen(socketPath, resolve));
const warm = await startClient(command);
await warm.exchange(Buffer.from("{}"));
const front = createHttpServer((request, response) => {
  answer(request, warm, command).then(
    (body) => response.end(body),
    (error: unknown) => response.destroy(error as Error),
  );
});
front.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ port: (front.address() as AddressInfo).port, clientPid: warm.process.pid }));
});
process.stdin.once("close", end).resume();
process.once("SIGTERM", end).once("SIGINT", end);
