"use strict";
const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const isBare = (specifier) => /^[^./#][^:]*$/.test(specifier) && !Module.isBuiltin(specifier);

/** Where else to look for a package that was not found: as if it were asked for beside each folder of NODE_PATH. */
function* elsewhere(specifier, context) {
  if (!isBare(specifier)) return;
  for (const folder of (process.env.NODE_PATH || "").split(path.delimiter)) {
    if (path.basename(folder) === "node_modules")
      yield { ...context, parentURL: pathToFileURL(path.join(folder, "..", "package.json")).href };
  }
}

const isMissing = (error) => error.code === "ERR_MODULE_NOT_FOUND";

function resolve(specifier, context, nextResolve) {
  try {
    return nextResolve(specifier, context);
  } catch (missing) {
    if (!isMissing(missing)) throw missing;
    for (const other of elsewhere(specifier, context)) {
      try {
        return nextResolve(specifier, other);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    throw missing;
  }
}

const isSync = Module.registerHooks !== undefined;
let isDone = false;

/**
 * Lets ES modules find packages in the folders of NODE_PATH as well, which Node itself does for require() alone: layers and the SDK lie there. AWS's runtimes do so
 * from Node 18 on. https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
 */
exports.searchNodePath = (isForModule) => {
  // Node 20 and 18 run hooks in a thread of their own, which takes a while to start: only where it is needed for sure.
  if (isDone || (!isSync && !isForModule)) return;
  isDone = true;
  if (isSync) Module.registerHooks({ resolve });
  else if (Module.register !== undefined) Module.register("./node-path-hooks.mjs", pathToFileURL(__filename));
};

exports.elsewhere = elsewhere;
exports.isMissing = isMissing;
