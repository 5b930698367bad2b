// Brings a clone to where it can run: installs what the lock file says, then generates and builds what is stale. Plain JavaScript on
// Node's own modules: it runs on Node 20, before anything is installed. Each phase prints its name and its time.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The clone's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command quietly; its output is shown only if it fails. @throws Error naming the command and its end */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${command} can't be started: ${error.message}`)));
    child.once("close", (exitCode, signal) => resolve(signal ?? exitCode));
  });
  if (code !== 0) throw new Error(`${output.trim()}\n\`${[command, ...args].join(" ")}\` ended with ${code}.`);
  return output;
}

/** True if every package of the lock file is installed in the version that it names. */
function isInstalled() {
  const installedFile = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") && !path.includes("/node_modules/")) return true;
    const found = installed[path];
    return found === undefined
      ? entry.optional === true || entry.devOptional === true || entry.peer === true
      : found.version === entry.version;
  });
}

/** Everything that generated and built files are made from. */
const sources = [
  {
    output: "packages/db/src/generated",
    inputs: ["prisma/schema.prisma", ...list("prisma/models", ".prisma").map((name) => `prisma/models/${name}`)],
  },
  {
    output: "packages/runtimes/nodejs/node_modules",
    inputs: ["package-lock.json", "packages/runtimes/package.json", "packages/runtimes/generate/node-sdk.mjs"],
  },
  {
    output: "apps/console/dist",
    inputs: [
      ...["index.html", "package.json", "vite.config.ts"].map((name) => `apps/console/${name}`),
      ...tree("apps/console/bundle"),
      ...tree("apps/console/public"),
      ...tree("apps/console/src"),
      "packages/wire/src/services/mayfly.ts",
      "packages/wire/src/services/mayfly-shapes.ts",
    ].filter((name) => !/\.test\.tsx?$/.test(name)),
  },
];

/** Every file below a folder, by its path from the clone's. */
function tree(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function list(folder, ending) {
  const path = join(root, folder);
  return existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith(ending))
        .sort()
    : [];
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs)
    hash
      .update(input)
      .update("\0")
      .update(readFileSync(join(root, input)))
      .update("\0");
  return hash.digest("hex");
}

const stampOf = (output) => join(root, output, ".made-from");
const isStale = ({ output, inputs }) => !existsSync(stampOf(output)) || readFileSync(stampOf(output), "utf8") !== fingerprint(inputs);

/** The phases of a set-up, in order. A phase that finds nothing to do prints nothing. */
const phases = [
  {
    name: "install",
    isNeeded: () => !isInstalled(),
    run: () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
  },
  {
    name: "generate, build",
    isNeeded: () => sources.some(isStale),
    async run() {
      await run(
        process.execPath,
        [join(root, "node_modules/turbo/bin/turbo"), "run", "generate", "build", "--output-logs=errors-only", "--no-update-notifier"],
        {
          env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
        },
      );
      for (const source of sources) writeFileSync(stampOf(source.output), fingerprint(source.inputs));
    },
  },
];

/** Why Mayfly can't run here, in one line; undefined if it can. */
function unsupported() {
  if (Number(process.versions.node.split(".")[0]) < 20) return `Mayfly needs Node 20 or newer to start; this is ${process.version}.`;
  if (process.platform !== "linux")
    return `Mayfly runs functions in Linux sandboxes; on ${process.platform} run it in a Linux virtual machine (for example WSL 2 or Lima).`;
  return undefined;
}

/** Does whatever of the set-up is still to be done. Ends the process with a message if it can't. */
export async function setUp(print = (line) => console.log(line)) {
  const problem = unsupported();
  if (problem !== undefined) fail(problem);
  for (const phase of phases) {
    if (!phase.isNeeded()) continue;
    const started = performance.now();
    try {
      await phase.run();
    } catch (error) {
      fail(`${phase.name} failed:\n${error.message}`);
    }
    print(`  ${phase.name.padEnd(16)} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await setUp();
