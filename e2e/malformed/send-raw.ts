import { connect } from "node:net";
import type { RawRequest } from "./right-requests.ts";

/** Longest that an answer may take. Milliseconds. */
const answerTimeoutMs = 20_000;

/** Sends the request byte for byte over a connection of its own; answers the status line's status. @throws Error if there is no answer */
export function sendRaw(url: string, request: RawRequest): Promise<number> {
  const { hostname, port } = new URL(url);
  const body = Buffer.from(request.body, "base64");
  const lines = [
    `${request.method} ${encodeTarget(request.target)} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    "connection: close",
    `content-length: ${body.length}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.setTimeout(answerTimeoutMs, () => socket.destroy(new Error("No answer in time.")));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // The server may refuse a request before it has read it all; what it said counts.
      if (answer === "") reject(error);
    });
    socket.on("close", () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      if (status === undefined) reject(new Error(`No status line in ${JSON.stringify(answer.slice(0, 200))}`));
      else resolve(Number(status));
    });
    socket.write(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]));
  });
}

/** A target may hold anything but what would end the request line. */
function encodeTarget(target: string): string {
  return target.replaceAll(/[\r\n ]/g, (character) => encodeURIComponent(character));
}
