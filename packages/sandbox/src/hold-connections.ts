import type { Server, Socket } from "node:net";

/**
 * Keeps connections that arrive before anybody asked for them. A listener that was handed over accepts at once, and a connection for which there is no
 * handler yet would be lost.
 */
export function holdConnections(server: Server): void {
  const early: Socket[] = [];
  const hold = (socket: Socket): void => {
    early.push(socket);
    // Reset by the program before anybody looked at it: an error that nobody hears would end the server.
    socket.on("error", () => socket.destroy());
  };
  server.on("connection", hold);
  const release = (event: string): void => {
    if (event !== "connection") return;
    server.off("newListener", release);
    server.off("connection", hold);
    // The handler is in place only after this event.
    process.nextTick(() => early.forEach((socket) => server.emit("connection", socket)));
  };
  server.on("newListener", release);
}
