// `npm test`: sets the clone up where needed, then runs the static checks and every suite. Arguments after `--` go to vitest, and leave the
// checks out. The last line counts what passed and what failed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checks, runChecks } from "./checks.mjs";
import { root, setUp } from "./setup.mjs";

await setUp();
const { findNode24, node24Missing } = await import("../apps/server/bin/node24.mjs");
const node = findNode24();
if (node === undefined) throw new Error(node24Missing);

const selection = process.argv.slice(2);
let failedChecks = [];
if (selection.length === 0) {
  console.log("Checks");
  failedChecks = await runChecks(node);
}

const resultFile = join(root, ".cache/test-results.json");
mkdirSync(join(root, ".cache"), { recursive: true });
rmSync(resultFile, { force: true });
const vitest = spawn(
  node,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${resultFile}`,
    ...selection,
  ],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
const exitCode = await new Promise((resolve) => vitest.once("close", resolve));

const { passed, failed } = counts(resultFile);
const checksRun = selection.length === 0 ? checks.length : 0;
const totalPassed = passed + checksRun - failedChecks.length;
// A suite that could not even be loaded, or an error outside any test, is a failure too.
const totalFailed = failed + failedChecks.length + (exitCode !== 0 && failed === 0 ? 1 : 0);
console.log(`${totalPassed} passed, ${totalFailed} failed`);
process.exitCode = totalFailed === 0 && totalPassed > 0 ? 0 : 1;

function counts(file) {
  try {
    const result = JSON.parse(readFileSync(file, "utf8"));
    const brokenFiles = result.testResults.filter((suite) => suite.status === "failed" && suite.assertionResults.length === 0).length;
    return { passed: result.numPassedTests, failed: result.numFailedTests + brokenFiles };
  } catch (error) {
    console.error(`The test runner left no result: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
