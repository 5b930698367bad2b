// `npm run drill`: the exercises of the test suites with their full counts. Arguments after `--` go to vitest.
import { spawn } from "node:child_process";
import { join } from "node:path";
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
process.exitCode = await new Promise((resolve) => vitest.once("close", resolve));
