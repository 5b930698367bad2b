"use strict";
const packages = "/var/runtime/node_modules/";

/** The packages of the runtime's SDK that are loaded now. */
exports.loadedPackages = () => {
  const names = Object.keys(require.cache)
    .filter((file) => file.startsWith(packages))
    .map((file) => /^@aws-sdk\/(?:(?:client|lib)-[a-z0-9-]+|s3-request-presigner)(?=\/)/.exec(file.slice(packages.length))?.[0]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
};
