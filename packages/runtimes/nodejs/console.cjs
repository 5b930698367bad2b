"use strict";
const { writeSync } = require("node:fs");
const { format } = require("node:util");
const { formattedError } = require("./errors.cjs");

/** Levels by how much they matter; a frame's type holds the number. */
const levels = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
/** Set by patchConsole. */
let json = false;

const headBytes = 16;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it before returning, so that nothing is lost when the process ends. */
function write(bytes) {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** One message in a frame, which keeps its lines together: type, length, microseconds, text. */
function writeMessage(level, now, text) {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headBytes + length);
  const microseconds = now.getTime() * 1000;
  frame.writeUInt32BE(0xa55a0000 + levels[level] * 4 + (json ? 2 : 3), 0);
  frame.writeUInt32BE(length, 4);
  frame.writeUInt32BE(Math.floor(microseconds / 0x100000000), 8);
  frame.writeUInt32BE(microseconds % 0x100000000, 12);
  frame.write(text, headBytes);
  write(frame);
}

const nameOf = (error) => (error.constructor && error.constructor.name) || "UnknownError";
const stackOf = (error) => (typeof error.stack === "string" ? error.stack.split("\n") : error.stack);

// An error has no members of its own that JSON would show.
const showErrors = (_key, value) =>
  value instanceof Error
    ? Object.assign({ errorType: nameOf(value), errorMessage: value.message, stackTrace: stackOf(value) }, value)
    : value;

function jsonText(record, values) {
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...record, message: values[0] }, showErrors);
    } catch {
      return JSON.stringify({ ...record, message: format(values[0]) });
    }
  }
  const error = values.find((value) => value instanceof Error);
  const ofError = error && { errorType: nameOf(error), errorMessage: error.message, stackTrace: stackOf(error) || [] };
  return JSON.stringify({ ...record, message: format(...values), ...ofError });
}

function log(level, requestId, values) {
  const now = new Date();
  const timestamp = now.toISOString();
  const text = json ? jsonText({ timestamp, level, requestId }, values) : `${timestamp}\t${requestId}\t${level}\t${format(...values)}`;
  writeMessage(level, now, text);
}

/** Gives console the format of AWS's runtimes. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
exports.patchConsole = (current) => {
  json = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  // AWS's runtime obeys the variable whatever the format is; with JSON the service sets it.
  const least = levels[String(process.env.AWS_LAMBDA_LOG_LEVEL).toUpperCase()] || levels.TRACE;
  for (const level of Object.keys(levels)) {
    console[level.toLowerCase()] = levels[level] < least ? () => {} : (...values) => log(level, current.requestId, values);
  }
  console.log = console.info;
};

/** The line that AWS's runtime writes when it gives an error back. */
exports.logError = (label, error, current) => {
  if (json) log("ERROR", current.requestId, [error]);
  else log("ERROR", current.requestId, [`${label} \t${JSON.stringify(formattedError(error))}`]);
};
