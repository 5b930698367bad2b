// The hostile suite in every way that functions can be run here: as root and as an ordinary user, where this is started as root, else as whoever starts it.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "./setup.mjs";

/** nobody: owns nothing, and has no control group. */
const ordinaryUser = 65534;
const suite = ["packages/engine/hostile/hostile.test.ts", "--reporter=verbose"];

/** Runs it in each way, one after the other; answers how many failed. */
export async function drillHostile(node) {
  const users = process.geteuid?.() === 0 ? ["root", "an ordinary user"] : ["this user"];
  if (users.length === 1) console.log("As root the hostile suite would run as root and as an ordinary user.");
  let failed = 0;
  for (const user of users) {
    console.log(`\nThe hostile suite as ${user}`);
    if ((await (user === "an ordinary user" ? runAsOrdinary(node) : run(node, root, []))) !== 0) failed++;
  }
  return failed;
}

function run(node, cwd, prefix, environment = process.env) {
  // The runner's way to load its configuration writes nothing into the clone.
  const vitest = [node, join(cwd, "node_modules/vitest/vitest.mjs"), "run", "--configLoader", "runner", ...suite];
  const [command, ...args] = [...prefix, ...vitest];
  const child = spawn(command, args, { cwd, stdio: "inherit", env: { ...environment, MAYFLY_DRILL: "1" } });
  return new Promise((resolve) => child.once("close", resolve));
}

async function runAsOrdinary(node) {
  const home = mkdtempSync(join(tmpdir(), "mayfly-drill-"));
  chmodSync(home, 0o755);
  try {
    const become = ["setpriv", `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, "--clear-groups"];
    const clone = isReadable(become, node) ? root : copyOfClone(home);
    const own = mkdtempSync(join(home, "own-"));
    chownSync(own, ordinaryUser, ordinaryUser);
    return await run(join(clone, relative(root, node)), clone, become, { PATH: "/usr/bin:/bin", HOME: own, TMPDIR: own });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function isReadable([command, ...args], node) {
  try {
    execFileSync(command, [...args, node, "-e", `require("fs").readdirSync(${JSON.stringify(root)})`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A clone below a folder that is closed to others, such as root's home, is copied to where they can read it. */
function copyOfClone(home) {
  const copy = join(home, "clone");
  execFileSync("cp", ["-a", "--reflink=auto", root, copy]);
  execFileSync("chmod", ["-R", "a+rX", copy]);
  return copy;
}
