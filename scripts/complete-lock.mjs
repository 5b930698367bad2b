// Run after `npm install` changed package-lock.json: adds the optional packages of other systems that npm left out. A registry mirror may hold only the
// packages of the systems that it serves; npm then drops the others from the lock file, and `npm ci` refuses such a file.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(file, "utf8"));

const systems = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32", "aix"];
const processors = {
  arm64: "arm64",
  aarch64: "arm64",
  x64: "x64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  loong64: "loong64",
  mips64el: "mips64el",
  wasm32: "wasm32",
  arm: "arm",
  64: "x64",
};

/** The system and processor that a package's name tells of, as npm's `os`, `cpu` and `libc` fields; undefined if it tells none. */
function platformOf(name) {
  const words = name.replace("windows", "win32").split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = Object.entries(processors).find(([word]) => words.includes(word))?.[1];
  if (os === undefined && cpu !== "wasm32") return undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(words.includes("musl") && { libc: ["musl"] }), ...(os && { os: [os] }) };
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "" || !path.includes("node_modules/")) continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isThere = [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lock.packages);
    const platform = platformOf(name);
    if (isThere || platform === undefined || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platform,
      ...(entry.dev && { dev: true }),
      ...(entry.devOptional && { devOptional: true }),
      optional: true,
    };
    added++;
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${added} packages of other systems were added to package-lock.json.`);
