import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { holdConnections } from "./hold-connections.ts";

/** Waits until the server has that many connections. */
async function untilConnected(server: Server, wanted: number): Promise<void> {
  const count = (): Promise<number> =>
    new Promise((resolve, reject) => server.getConnections((error, found) => (error ? reject(error) : resolve(found))));
  while ((await count()) !== wanted) await new Promise((resolve) => setImmediate(resolve));
}

test("a connection made before there is a handler is handed to it, later ones too, each once", async () => {
  const server = createServer();
  holdConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const early = connect(port, "127.0.0.1");
  await untilConnected(server, 1);
  const seen: Socket[] = [];
  const second = new Promise<void>((resolve) => {
    server.on("connection", (socket) => {
      seen.push(socket);
      socket.on("error", () => {});
      socket.end("hello");
      if (seen.length === 2) resolve();
    });
  });
  const answer = await once(early, "data");
  expect(String(answer[0])).toBe("hello");
  const late = connect(port, "127.0.0.1");
  await Promise.all([second, once(late, "data")]);
  expect(seen.length).toBe(2);
  early.destroy();
  late.destroy();
  server.close();
});

test("a connection that is reset before there is a handler harms nobody", async () => {
  const server = createServer();
  holdConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = connect(port, "127.0.0.1");
  await once(client, "connect");
  await untilConnected(server, 1);
  client.resetAndDestroy();
  await untilConnected(server, 0);
  expect(server.listening).toBe(true);
  server.close();
});
