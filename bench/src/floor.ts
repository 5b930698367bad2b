// The least that a warm invocation can cost on this machine: node:http in front, a Unix socket, and a process behind it that answers.
// `floor.ts front SOCKET COUNT` starts the front and COUNT processes behind; `floor.ts behind SOCKET` is one of those.
import { spawn } from "node:child_process";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

/** Messages on the Unix socket: four bytes of length, then the body. */
function onMessages(socket: Socket, take: (body: Buffer) => void): void {
  let received: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const end = 4 + received.readUInt32BE(0);
      const body = received.subarray(4, end);
      received = received.subarray(end);
      take(body);
    }
  });
}

function sendMessage(socket: Socket, body: Buffer): void {
  const message = Buffer.allocUnsafe(4 + body.length);
  message.writeUInt32BE(body.length, 0);
  body.copy(message, 4);
  socket.write(message);
}

function runBehind(path: string): void {
  const socket = connect(path);
  onMessages(socket, (body) => sendMessage(socket, Buffer.from(JSON.stringify(JSON.parse(body.toString())))));
  // The front is gone, and so is the work.
  socket.on("error", () => process.exit(0));
  socket.on("close", () => process.exit(0));
}

function runFront(path: string, count: number): void {
  const idle: Socket[] = [];
  const waiting: { body: Buffer; answer: (body: Buffer) => void }[] = [];
  const working = new Map<Socket, (body: Buffer) => void>();
  const assign = (): void => {
    while (idle.length > 0 && waiting.length > 0) {
      const socket = idle.pop();
      const work = waiting.shift();
      if (socket === undefined || work === undefined) return;
      working.set(socket, work.answer);
      sendMessage(socket, work.body);
    }
  };
  const front = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      waiting.push({ body: Buffer.concat(chunks), answer: (body) => response.writeHead(200, { "Content-Length": body.length }).end(body) });
      assign();
    });
  });
  const behind = createServer((socket) => {
    idle.push(socket);
    onMessages(socket, (body) => {
      working.get(socket)?.(Buffer.from(body));
      idle.push(socket);
      assign();
    });
    if (idle.length < count) return;
    front.listen(0, "127.0.0.1", () => process.stdout.write(`ready ${(front.address() as AddressInfo).port}\n`));
  });
  behind.listen(path, () => {
    for (let i = 0; i < count; i++) spawn(process.execPath, [fileURLToPath(import.meta.url), "behind", path], { stdio: "ignore" });
  });
}

const [role = "", path = "", count = "1"] = process.argv.slice(2);
const roles: Readonly<Record<string, () => void>> = { front: () => runFront(path, Number(count)), behind: () => runBehind(path) };
roles[role]?.();
