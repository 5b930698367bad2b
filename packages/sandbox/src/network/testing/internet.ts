/**
 * The internet, as a test has it: runs in a network namespace of its own. Ports 80 and 25 say where one has got to, and from where; port 7 echoes; port 53
 * of the name server's address answers every
 * question for an IPv4 address with the one given.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

const [, , address = "", resolver = ""] = process.argv;

/** RFC 1035, section 4: the question again and, if it asked for an IPv4 address, one record. */
function answer(query: Buffer): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const isForIpv4 = question.readUInt16BE(question.length - 4) === 1;
  const header = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, isForIpv4 ? 1 : 0, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...address.split(".").map(Number)]);
  return Buffer.concat([header, question, ...(isForIpv4 ? [record] : [])]);
}

async function listen(port: number, serve: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(port, "::", 1_024);
  await once(server, "listening");
}

const tell = (socket: Socket): void => void socket.end(`${socket.localAddress?.replace("::ffff:", "")}\n`);
await listen(80, tell);
await listen(25, tell);
await listen(7, (socket) => socket.pipe(socket));
await listen(53, (socket) => {
  socket.once("data", (data) => {
    const text = answer(data.subarray(2));
    socket.end(Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), text]));
  });
});
const names = createSocket("udp4");
names.on("message", (query, peer) => names.send(answer(query), peer.port, peer.address));
// Answers must come from where they were asked.
names.bind(53, resolver);
await once(names, "listening");
console.log("ready");
