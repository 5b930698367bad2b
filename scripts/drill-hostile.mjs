// The hostile suite in every way that functions can be run here: sandboxes made by the launcher and by bubblewrap, as root and as an ordinary user, where this
// is started as root, else as whoever starts it. MAYFLY_SANDBOX keeps it to one of the two.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./setup.mjs";

/** nobody: owns nothing, and has no control group. */
const ordinaryUser = 65534;
const suite = ["packages/engine/hostile/hostile.test.ts", "packages/engine/hostile/server.test.ts"];

/** Runs it in each way, one after the other, with further arguments for vitest; answers how many failed. */
export async function drillHostile(node, more = []) {
  const users = process.geteuid?.() === 0 ? ["root", "an ordinary user"] : ["this user"];
  if (users.length === 1) console.log("As root the hostile suite would run as root and as an ordinary user.");
  const ways = waysHere();
  const outcomes = [];
  for (const user of users) {
    for (const way of ways) {
      console.log(`\nThe hostile suite as ${user}, sandboxes by ${way}`);
      const arguments_ = ["--reporter=verbose", ...suite, ...more];
      const { code, counts } = await (user === "an ordinary user"
        ? runAsOrdinary(node, way, arguments_)
        : run(node, root, way, arguments_));
      outcomes.push({ text: `${user}, ${way}: ${code === 0 ? "passed" : "FAILED"} (${counts})`, code });
    }
  }
  console.log(`\nThe hostile suite\n${outcomes.map(({ text }) => `  ${text}`).join("\n")}`);
  return outcomes.filter(({ code }) => code !== 0).length;
}

function waysHere() {
  const wanted = process.env["MAYFLY_SANDBOX"];
  if (wanted) return [wanted];
  const hasBubblewrap = (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, "bwrap")));
  if (!hasBubblewrap) console.log("Not by bubblewrap, which is not installed.");
  return hasBubblewrap ? ["launcher", "bubblewrap"] : ["launcher"];
}

/** Shows what it prints, and answers its end and vitest's own count of tests. */
async function run(node, cwd, way, args, prefix = [], environment = process.env) {
  // The runner's way to load its configuration writes nothing into the clone.
  const vitest = [node, join(cwd, "node_modules/vitest/vitest.mjs"), "run", "--configLoader", "runner", ...args];
  const [command, ...rest] = [...prefix, ...vitest];
  const child = spawn(command, rest, {
    cwd,
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...environment, MAYFLY_DRILL: "1", MAYFLY_SANDBOX: way },
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    process.stdout.write(chunk);
    said = (said + chunk).slice(-10_000);
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, counts: /^\s*Tests\s+(.*)$/m.exec(stripVTControlCharacters(said))?.[1] ?? "no count" };
}

async function runAsOrdinary(node, way, args) {
  const home = mkdtempSync(join(tmpdir(), "mayfly-drill-"));
  chmodSync(home, 0o755);
  try {
    const become = ["setpriv", `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, "--clear-groups"];
    const clone = isReadable(become, node) ? root : copyOfClone(home);
    const own = mkdtempSync(join(home, "own-"));
    chownSync(own, ordinaryUser, ordinaryUser);
    const environment = { PATH: "/usr/bin:/bin", HOME: own, TMPDIR: own };
    return await run(join(clone, relative(root, node)), clone, way, args, become, environment);
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
