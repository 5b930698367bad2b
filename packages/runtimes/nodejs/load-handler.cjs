"use strict";
const { existsSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { named } = require("./errors.cjs");
const { searchNodePath } = require("./node-path.cjs");

const callbackText =
  "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";

/** The major version that the function asked for, which may be older than the one it runs on. */
const askedMajor = () => Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV || "")?.[1] || 24);
exports.askedMajor = askedMajor;

/** True if package.json files from the folder upwards make a `.js` file an ES module. */
function isModuleFolder(folder, root) {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, "package.json");
    if (existsSync(file)) {
      try {
        return JSON.parse(readFileSync(file, "utf8")).type === "module";
      } catch {
        return false;
      }
    }
    if (at === root || at === path.dirname(at)) return false;
  }
}

async function loadModule(root, folder, name) {
  const base = path.resolve(root, folder, name);
  const required = createRequire(path.join(root, "index.js"));
  const imported = (file) => {
    searchNodePath(true);
    return import(pathToFileURL(file).href);
  };
  searchNodePath(false);
  if (existsSync(`${base}.js`)) return isModuleFolder(path.dirname(base), root) ? imported(`${base}.js`) : required(`${base}.js`);
  if (existsSync(`${base}.mjs`)) return imported(`${base}.mjs`);
  if (existsSync(`${base}.cjs`)) return required(`${base}.cjs`);
  return required(required.resolve(path.join(folder, name), { paths: [root, path.join(root, folder)] }));
}

/** AWS's runtime carries every client of the SDK, this one a choice: whoever misses one is told. */
function tellOfSdk(error) {
  const name = /Cannot find (?:package|module) '((?:@aws-sdk|@smithy)\/[^/']+)/.exec(String(error && error.message))?.[1];
  if (name === undefined) return;
  console.warn(
    `${name} is not among the parts of the AWS SDK that Mayfly's runtime carries (/var/runtime/node_modules): package it with the function.`,
  );
}

/**
 * The function that `dir/file.export.sub` names.
 * @throws the error to be reported as the init error
 */
exports.loadHandler = async (root, text) => {
  if (text.includes(".."))
    throw named(
      "Runtime.MalformedHandlerName",
      `'${text}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const baseName = path.basename(text);
  const folder = text.slice(0, text.length - baseName.length);
  const dot = baseName.indexOf(".");
  if (dot < 1) throw named("Runtime.MalformedHandlerName", "Bad handler");
  let loaded;
  try {
    loaded = await loadModule(root, folder, baseName.slice(0, dot));
  } catch (error) {
    tellOfSdk(error);
    if (error instanceof SyntaxError) throw named("Runtime.UserCodeSyntaxError", String(error), error);
    if (error instanceof Error && error.code === "MODULE_NOT_FOUND") throw named("Runtime.ImportModuleError", String(error), error);
    throw error;
  }
  const exportPath = baseName.slice(dot + 1);
  const find = (from) =>
    exportPath.split(".").reduce((value, key) => (value === undefined || value === null ? undefined : value[key]), from);
  const handler = find(loaded) === undefined && loaded.default !== undefined ? find(loaded.default) : find(loaded);
  if (handler === undefined || handler === null) throw named("Runtime.HandlerNotFound", `${text} is undefined or not exported`);
  if (typeof handler !== "function") throw named("Runtime.HandlerNotFound", `${text} is not a function`);
  const streaming = handler[Symbol.for("aws.lambda.runtime.handler.streaming")] === "response";
  if (!streaming && handler.length >= 3 && askedMajor() >= 24) throw named("Runtime.CallbackHandlerDeprecated", callbackText);
  return { handler, streaming };
};
