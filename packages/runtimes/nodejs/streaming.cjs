"use strict";

const mark = Symbol.for("aws.lambda.runtime.handler.streaming");

/** A stream whose bytes are gathered: a plain Invoke gets them in one piece. */
exports.createResponseStream = () => {
  const { Writable } = require("node:stream");
  const chunks = [];
  const stream = new Writable({
    write(chunk, _encoding, then) {
      chunks.push(chunk);
      then();
    },
  });
  stream.setContentType = () => {};
  const finished = new Promise((resolve, reject) => {
    stream.on("finish", () => resolve(Buffer.concat(chunks)));
    stream.on("error", reject);
  });
  finished.catch(() => {});
  return { stream, finished };
};

globalThis.awslambda = {
  streamifyResponse(handler, options) {
    handler[mark] = "response";
    if (options !== undefined && options.highWaterMark !== undefined) {
      handler[Symbol.for("aws.lambda.runtime.handler.streaming.highWaterMark")] = Number(options.highWaterMark);
    }
    return handler;
  },
  HttpResponseStream: {
    /** Puts the status and headers before the body, parted from it by eight NULs. */
    from(stream, prelude) {
      stream.write(JSON.stringify(prelude));
      stream.write(Buffer.alloc(8));
      return stream;
    },
  },
};
