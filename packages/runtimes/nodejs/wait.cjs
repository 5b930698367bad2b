"use strict";
const Module = require("node:module");

// What most functions load sooner or later, an SDK's client above all: loaded while nobody waits.
for (const name of ["async_hooks", "crypto", "fs/promises", "http", "https", "os", "stream", "stream/promises", "url", "util", "zlib"])
  require(`node:${name}`);

/** Asks for the function that this process is to run, and takes on its variables and its folder. */
exports.waitForFunction = (client, main) => {
  process.argv.splice(2);
  client.assignment((variables) => {
    Object.assign(process.env, variables);
    // NODE_PATH is read at Node's own start, and once more here. The folder of the code is another one since it was mounted.
    Module._initPaths();
    process.chdir(process.env.LAMBDA_TASK_ROOT);
    void main();
  });
};
