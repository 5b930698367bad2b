"use strict";
// Loaded before a rival that would listen on every address of the machine.
const { Server } = require("node:net");

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, ...(typeof port === "number" && typeof rest[0] !== "string" ? [port, "127.0.0.1", ...rest] : [port, ...rest]));
};
