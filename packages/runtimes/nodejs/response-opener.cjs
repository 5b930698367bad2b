"use strict";

const errorTypeName = "Lambda-Runtime-Function-Error-Type";
const errorBodyName = "Lambda-Runtime-Function-Error-Body";
const maxTrailerBytes = 256 * 1024;
const tooLarge = "The error is too large to be told after a response.";

/** What opens a response that is sent while it is made, on the Runtime API's connection. */
exports.responseOpener = ({ socket, address, waiting, next }) => {
  /** A response that is sent while it is made; an error in its midst comes after its last bytes. What asks for the next event goes with its end. */
  return (id) => {
    let isBegun = false;
    let isAnswered = false;
    let isEnded = false;
    let onAnswer = () => {};
    const end = (trailers, ask) => {
      isEnded = true;
      socket.cork();
      socket.write(`0\r\n${trailers}\r\n`);
      if (ask !== undefined) next(ask);
      socket.uncork();
    };
    return {
      isBegun: () => isBegun,
      begin(contentType) {
        if (isBegun || isEnded) return;
        isBegun = true;
        waiting.push(() => {
          isAnswered = true;
          onAnswer();
        });
        socket.write(
          `POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\r\nHost: ${address}\r\nContent-Type: ${contentType.replace(/[^\x20-\x7e]/g, "")}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\nTrailer: ${errorTypeName}, ${errorBodyName}\r\n\r\n`,
        );
      },
      /** `then` is called once the system has taken the bytes: whoever waits for it is as fast as the other side reads. */
      write(parts, then) {
        const length = parts.reduce((sum, part) => sum + part.length, 0);
        if (length === 0 || isEnded) return then();
        socket.cork();
        socket.write(`${length.toString(16)}\r\n`);
        for (const part of parts) socket.write(part);
        socket.write("\r\n", then);
        socket.uncork();
      },
      end: (ask) => end("", ask),
      fail(type, body, ask, then) {
        if (then !== undefined && isAnswered) setImmediate(() => then());
        else if (then !== undefined) onAnswer = then;
        const told =
          Buffer.byteLength(body) <= maxTrailerBytes ? body : JSON.stringify({ errorType: type, errorMessage: tooLarge, trace: [] });
        end(`${errorTypeName}: ${type}\r\n${errorBodyName}: ${Buffer.from(told).toString("base64")}\r\n`, ask);
      },
    };
  };
};
