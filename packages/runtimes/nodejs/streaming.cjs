"use strict";
const { named } = require("./errors.cjs");

const mark = Symbol.for("aws.lambda.runtime.handler.streaming");
const highWaterMark = Symbol.for("aws.lambda.runtime.handler.streaming.highWaterMark");
const httpIntegration = "application/vnd.awslambda.http-integration-response";

const bytesOf = (chunk, encoding) => {
  if (typeof chunk === "string") return Buffer.from(chunk, encoding);
  return chunk instanceof Uint8Array ? chunk : Buffer.from(JSON.stringify(chunk));
};

/**
 * The stream that a streaming handler writes to. Its bytes go to the Runtime API as they come, no faster than that takes them.
 * @param response what the Runtime API's client opened for this invocation
 */
function createResponseStream(response, handler) {
  const { Writable } = require("node:stream");
  let contentType = "application/octet-stream";
  let begun = false;
  const stream = new Writable({
    highWaterMark: handler[highWaterMark],
    write(chunk, _encoding, then) {
      response.begin(contentType);
      response.write([chunk], then);
    },
    writev(chunks, then) {
      response.begin(contentType);
      response.write(
        chunks.map(({ chunk }) => chunk),
        then,
      );
    },
    final(then) {
      response.begin(contentType);
      then();
    },
  });
  stream.setContentType = (type) => {
    if (begun) throw named("InvalidStreamingOperation", "Cannot set content-type, too late.");
    contentType = type;
  };
  const { write, end } = stream;
  const first = () => {
    if (begun) return;
    begun = true;
    if (typeof stream._onBeforeFirstWrite === "function") stream._onBeforeFirstWrite((chunk) => write.call(stream, bytesOf(chunk)));
  };
  stream.write = (chunk, encoding, then) => {
    first();
    return write.call(stream, bytesOf(chunk, typeof encoding === "string" ? encoding : undefined), encoding, then);
  };
  stream.end = (chunk, encoding, then) => {
    first();
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") {
      return end.call(stream, bytesOf(chunk, typeof encoding === "string" ? encoding : undefined), encoding, then);
    }
    return end.call(stream, chunk, encoding, then);
  };
  return stream;
}

/** Calls a streaming handler; resolves once its response is over, with its error, wrapped as any value can be thrown. */
exports.runStreamingHandler = async (handler, response, body, context) => {
  const stream = createResponseStream(response, handler);
  const finished = new Promise((resolve, reject) => {
    stream.on("finish", resolve);
    stream.on("error", reject);
  });
  finished.catch(() => {});
  try {
    const result = handler(JSON.parse(body.toString("utf8")), stream, context);
    if (result === null || result === undefined || typeof result.then !== "function")
      throw new Error("Streaming does not support non-async handlers.");
    if ((await result) !== undefined) console.warn("Streaming handlers ignore return values.");
    await finished;
    return undefined;
  } catch (value) {
    // What was written before comes before the error.
    if (response.isBegun() && !stream.destroyed) {
      stream.end();
      await finished.catch(() => {});
    }
    return { value };
  }
};

globalThis.awslambda = {
  streamifyResponse(handler, options) {
    handler[mark] = "response";
    if (options !== undefined && options.highWaterMark !== undefined) handler[highWaterMark] = Number(options.highWaterMark);
    return handler;
  },
  HttpResponseStream: {
    /** Puts the status and headers before the body, parted from it by eight NULs. */
    from(stream, prelude) {
      stream.setContentType(httpIntegration);
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(Buffer.alloc(8));
      };
      return stream;
    },
  },
};
