// The static checks of `npm run check`, as data: each is one command that fails when something is wrong.
import { join } from "node:path";
import { root, run } from "./setup.mjs";

const tool = (path) => join(root, "node_modules", path);

/** Name, and the arguments of Node 24 that run it. */
export const checks = [
  { name: "types", command: [tool("typescript/bin/tsc"), "-p", "tsconfig.json", "--noEmit"] },
  { name: "types of the console", command: [tool("typescript/bin/tsc"), "-p", "apps/console/tsconfig.json", "--noEmit"] },
  { name: "lint and import rules", command: [tool("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"] },
  { name: "format", command: [tool("oxfmt/bin/oxfmt"), "--check"] },
  { name: "unused code", command: [tool("knip/bin/knip.js"), "--no-progress"] },
];

/** Runs all of them; answers the names of those that failed. */
export async function runChecks(node, print = (line) => console.log(line)) {
  const failed = [];
  for (const { name, command } of checks) {
    const started = performance.now();
    try {
      await run(node, command);
      print(`  ${name.padEnd(24)} ok      ${seconds(started)}`);
    } catch (error) {
      failed.push(name);
      print(`  ${name.padEnd(24)} FAILED  ${seconds(started)}\n${error.message}`);
    }
  }
  return failed;
}

const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;
