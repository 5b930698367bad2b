import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "vitest";
import { holdConnections } from "./hold-connections.ts";

test("a connection made before there is a handler is handed to it, later ones too, each once", async () => {
  const server = createServer();
  holdConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const early = connect(port, "127.0.0.1");
  // The server has accepted it when its count says so.
  while (
    (await new Promise<number>((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))))) ===
    0
  ) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const seen: Socket[] = [];
  const second = new Promise<void>((resolve) => {
    server.on("connection", (socket) => {
      seen.push(socket);
      socket.end("hello");
      if (seen.length === 2) resolve();
    });
  });
  const answer = await once(early, "data");
  expect(String(answer[0])).toBe("hello");
  const late = connect(port, "127.0.0.1");
  await second;
  expect(seen.length).toBe(2);
  early.destroy();
  late.destroy();
  server.close();
});
