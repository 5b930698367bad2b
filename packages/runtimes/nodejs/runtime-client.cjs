"use strict";
const net = require("node:net");
const { responseOpener } = require("./response-opener.cjs");

const prefix = "/2018-06-01/runtime/";

/** Takes HTTP answers off a stream of bytes; bodies are kept as lists of chunks. */
function createAnswerReader(onAnswer) {
  let head = Buffer.alloc(0);
  let headers;
  let chunks = [];
  let missing = 0;

  const finish = () => {
    const answer = headers;
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    headers = undefined;
    chunks = [];
    onAnswer(answer, body);
  };

  return (data) => {
    let rest = data;
    for (;;) {
      if (headers === undefined) {
        head = head.length === 0 ? rest : Buffer.concat([head, rest]);
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        headers = {};
        for (const line of head.latin1Slice(0, end).split("\r\n").slice(1)) {
          const colon = line.indexOf(":");
          headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
        }
        missing = Number.parseInt(headers["content-length"] || "0", 10);
        rest = head.subarray(end + 4);
        head = Buffer.alloc(0);
      }
      if (missing > 0) {
        if (rest.length === 0) return;
        const part = rest.subarray(0, missing);
        chunks.push(part);
        missing -= part.length;
        rest = rest.subarray(part.length);
        if (missing > 0) return;
      }
      finish();
      if (rest.length === 0) return;
    }
  };
}

/** One keep-alive connection to the Runtime API. Requests are answered in order. */
exports.connectRuntimeApi = (address) => {
  const [host, port] = address.split(":");
  const waiting = [];
  const socket = net.connect({ host, port: Number(port), noDelay: true });
  socket.on(
    "data",
    createAnswerReader((headers, body) => waiting.shift()(headers, body)),
  );
  socket.on("close", () => process.exit(1));
  socket.on("error", () => process.exit(1));

  const post = (path, body, type, then) => {
    waiting.push(then);
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const typeLine = type === undefined ? "" : `Lambda-Runtime-Function-Error-Type: ${type}\r\n`;
    socket.write(
      `POST ${prefix}${path} HTTP/1.1\r\nHost: ${address}\r\nContent-Type: application/json\r\n${typeLine}Content-Length: ${bytes.length}\r\n\r\n`,
    );
    socket.write(bytes);
  };
  const next = (then, loaded = []) => {
    waiting.push(then);
    const loadedLine = loaded.length === 0 ? "" : `Mayfly-Loaded: ${loaded.join(",")}\r\n`;
    socket.write(`GET ${prefix}invocation/next HTTP/1.1\r\nHost: ${address}\r\n${loadedLine}\r\n`);
  };
  return {
    post,
    next,
    openResponse: responseOpener({ socket, address, waiting, next }),
    /** Asks for the variables of the function that a waiting process is to become. */
    assignment(then) {
      waiting.push((_headers, body) => then(JSON.parse(body.toString("utf8"))));
      socket.write(`GET /mayfly/assignment HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    },
    /** Posts what became of an invocation and asks for the next one in the same breath: one round trip less. */
    answer(path, body, type, then) {
      socket.cork();
      post(path, body, type, () => {});
      next(then);
      socket.uncork();
    },
    ref: () => socket.ref(),
    unref: () => socket.unref(),
  };
};
