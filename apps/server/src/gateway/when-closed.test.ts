import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whenClosed } from "./when-closed.ts";

const server = createServer();
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => void server.close());

async function connected(): Promise<{ readonly client: Socket; readonly socket: Socket }> {
  const arriving = once(server, "connection") as Promise<[Socket]>;
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = await arriving;
  socket.resume();
  return { client, socket };
}

test("a connection that closes is told of, unless that was taken back", async () => {
  const { client, socket } = await connected();
  const told: string[] = [];
  whenClosed(socket)(() => told.push("kept"));
  whenClosed(socket)(() => told.push("taken back"))();
  client.destroy();
  await once(socket, "close");
  expect(told).toEqual(["kept"]);
});

test("one that was closed before anybody listened is told of, too", async () => {
  const { client, socket } = await connected();
  client.destroy();
  await once(socket, "close");
  const told: string[] = [];
  whenClosed(socket)(() => told.push("taken back"))();
  await new Promise<void>((resolve) => whenClosed(socket)(resolve));
  expect(told).toEqual([]);
});
