// `npm run drill`: the exercises of the test suites with their full counts. Arguments after `--` go to vitest.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { drillHostile } from "./drill-hostile.mjs";
import { root, setUp } from "./setup.mjs";

await setUp();
const { findNode24, node24Missing } = await import("../apps/server/bin/node24.mjs");
const node = findNode24();
if (node === undefined) throw new Error(node24Missing);
const suites =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ["e2e/durability", "e2e/malformed", "packages/wire", "packages/engine/src/built-functions.test.ts"];
const vitest = spawn(node, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=verbose", ...suites], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, MAYFLY_DRILL: "1" },
});
const code = await new Promise((resolve) => vitest.once("close", resolve));
// Unless one suite was asked for.
const hostileFailures = process.argv.length > 2 ? 0 : await drillHostile(node);
process.exitCode = code !== 0 || hostileFailures > 0 ? 1 : 0;
