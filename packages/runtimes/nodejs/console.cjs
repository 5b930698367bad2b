"use strict";
const { writeSync } = require("node:fs");
const { format } = require("node:util");
const { formattedError } = require("./errors.cjs");

const levels = { trace: 8, debug: 12, info: 16, warn: 20, error: 24, fatal: 28 };
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it before returning, so that nothing is lost when the process ends. */
function write(text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== "EAGAIN") return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

// A carriage return inside a message stands for a line break, as in AWS's runtimes: the message stays one log event.
const writeText = (level, requestId, message) =>
  write(`${new Date().toISOString()}\t${requestId}\t${level}\t${message.replace(/\r?\n/g, "\r")}\n`);

function writeJson(level, requestId, values) {
  const record = { timestamp: new Date().toISOString(), level, requestId };
  const error = values.find((value) => value instanceof Error);
  if (values.length === 1 && error === undefined && typeof values[0] === "object") record.message = values[0];
  else record.message = format(...values);
  if (error !== undefined) {
    if (values.length === 1) record.message = error.message;
    record.errorType = error.name;
    record.errorMessage = error.message;
    record.stackTrace = String(error.stack || "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  let line;
  try {
    line = JSON.stringify(record);
  } catch {
    line = JSON.stringify({ ...record, message: format(...values) });
  }
  write(`${line}\n`);
}

/** Set by patchConsole: what a function's variables say is known only then. */
let json = false;

/** Gives console the format of AWS's runtimes. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
exports.patchConsole = (current) => {
  json = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  const least = (json && levels[String(process.env.AWS_LAMBDA_LOG_LEVEL).toLowerCase()]) || (json ? levels.info : 0);
  const method =
    (level) =>
    (...values) => {
      if (levels[level] < least) return;
      if (json) writeJson(level.toUpperCase(), current.requestId, values);
      else writeText(level.toUpperCase(), current.requestId, format(...values));
    };
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"]) console[level] = method(level);
  console.log = console.info;
};

/** The line that AWS's runtime writes when it gives an error back. */
exports.logError = (label, error, current) => {
  if (json) writeJson("ERROR", current.requestId, [error]);
  else writeText("ERROR", current.requestId, `${label} \t${JSON.stringify(formattedError(error))}`);
};
