// `npm run drill`: the exercises of the test suites with their full counts. Arguments after `--` go to vitest; after packages/engine/hostile they go to that
// suite's runs, of which there is one for each way to run functions.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { drillHostile } from "./drill-hostile.mjs";
import { root, setUp } from "./setup.mjs";

await setUp();
const { findNode24, node24Missing } = await import("../apps/server/bin/node24.mjs");
const node = findNode24();
if (node === undefined) throw new Error(node24Missing);
const selection = process.argv.slice(2);
const isHostile = /^packages\/engine\/hostile\/?$/.test(selection[0] ?? "");
const suites =
  selection.length > 0
    ? selection
    : ["e2e/durability", "e2e/malformed", "e2e/cli/s3.test.ts", "packages/wire", "packages/engine/src/built-functions.test.ts"];
const code = isHostile ? 0 : await runSuites();
const hostileFailures = isHostile || selection.length === 0 ? await drillHostile(node, selection.slice(1)) : 0;
process.exitCode = code !== 0 || hostileFailures > 0 ? 1 : 0;

function runSuites() {
  const vitest = spawn(node, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=verbose", ...suites], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, MAYFLY_DRILL: "1" },
  });
  return new Promise((resolve) => vitest.once("close", resolve));
}
