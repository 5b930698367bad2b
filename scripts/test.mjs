// `npm test`: sets the clone up where needed, then runs the static checks and every suite. Arguments after `--` go to vitest, and leave the
// checks out. The last line counts what passed and what failed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
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

mkdirSync(join(root, ".cache"), { recursive: true });
const runs = [];
if (!selection.some(isBrowserTest)) runs.push(await runVitest(selection));
if (selection.length === 0 || selection.some(isBrowserTest)) runs.push(await runPlaywright(selection));
const sum = (count) => runs.reduce((total, run) => total + count(run), 0);
const checksRun = selection.length === 0 ? checks.length : 0;
const totalPassed = sum(({ passed }) => passed) + checksRun - failedChecks.length;
const totalFailed = sum(({ failed }) => failed) + failedChecks.length;
const failures = [...failedChecks.map((name) => `check: ${name}`), ...runs.flatMap((run) => run.failures)];
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
console.log(`${totalPassed} passed, ${totalFailed} failed`);
process.exitCode = totalFailed === 0 && totalPassed > 0 ? 0 : 1;

/** The console's tests run in a browser, by Playwright; all others by vitest. */
function isBrowserTest(argument) {
  return argument.includes("e2e/console") || argument.endsWith(".e2e.ts");
}

async function runVitest(args) {
  const file = resultFile("test-results.json");
  const command = [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const exitCode = await exitOf([...command, ...args], {});
  return withStrayFailure(vitestCounts(file), exitCode);
}

async function runPlaywright(args) {
  const file = resultFile("browser-test-results.json");
  const command = [
    join(root, "node_modules/@playwright/test/cli.js"),
    "test",
    "--config=e2e/console/playwright.config.ts",
    "--reporter=line,json",
  ];
  const exitCode = await exitOf([...command, ...args], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return withStrayFailure(playwrightCounts(file), exitCode);
}

function resultFile(name) {
  const file = join(root, ".cache", name);
  rmSync(file, { force: true });
  return file;
}

function exitOf(args, environment) {
  const child = spawn(node, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...environment } });
  return new Promise((resolve) => child.once("close", resolve));
}

/** A suite that could not even be loaded, or an error outside any test, is a failure too. */
function withStrayFailure({ passed, failed, failures }, exitCode) {
  const isStray = exitCode !== 0 && failed === 0;
  return { passed, failed: failed + (isStray ? 1 : 0), failures: isStray ? [...failures, "an error outside any test"] : failures };
}

function playwrightCounts(file) {
  try {
    const { stats, errors, suites } = JSON.parse(readFileSync(file, "utf8"));
    // What passed at a second try only is a flaky test, and that is a defect.
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, failures: suites.flatMap(failedSpecs) };
  } catch (error) {
    return noResult(`The browser tests left no result: ${error.message}`);
  }
}

function failedSpecs({ file, specs = [], suites = [] }) {
  const own = specs.filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === "flaky"));
  return [...own.map(({ line, title }) => `${file}:${line} ${title}`), ...suites.flatMap(failedSpecs)];
}

function vitestCounts(file) {
  try {
    const result = JSON.parse(readFileSync(file, "utf8"));
    const broken = result.testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
    const failedTests = result.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => `${relative(root, name)} ${fullName}`),
    );
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + broken.length,
      failures: [...broken.map(({ name }) => `${relative(root, name)} could not be loaded`), ...failedTests],
    };
  } catch (error) {
    return noResult(`The test runner left no result: ${error.message}`);
  }
}

function noResult(message) {
  return { passed: 0, failed: 1, failures: [message] };
}
