"use strict";
const Module = require("node:module");

// What most functions load sooner or later, an SDK's client above all: loaded while nobody waits.
for (const name of ["async_hooks", "crypto", "fs/promises", "http", "https", "os", "stream", "stream/promises", "url", "util", "zlib"])
  require(`node:${name}`);

const packages = "/var/runtime/node_modules/";

/** By its place: where the function brings its own that is another one. */
function preload(name) {
  try {
    require(packages + name);
  } catch {
    // Whoever needs it is told.
  }
}

/** Asks for the function that this process is to run, and takes on its variables and its folder. */
exports.waitForFunction = (client, main) => {
  const [, preloaded = ""] = process.argv.splice(2);
  for (const name of preloaded.split(",").filter(Boolean)) preload(name);
  client.assignment((variables) => {
    Object.assign(process.env, variables);
    // NODE_PATH is read at Node's own start, and once more here. The folder of the code is another one since it was mounted.
    Module._initPaths();
    process.chdir(process.env.LAMBDA_TASK_ROOT);
    void main();
  });
};
