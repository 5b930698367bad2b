// Puts together nodejs/node_modules: the AWS SDK as functions find it at /var/runtime/node_modules, and nothing else of what is installed here. It holds this
// package's dependencies with all of theirs, and of each only what Node loads. Plain JavaScript: it runs on Node 20, before anything is set up.
import { cpSync, existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const target = join(packageFolder, "nodejs", "node_modules");
const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Where Node would find a package that something in `folder` asks for. */
function find(name, folder) {
  for (let at = folder; ; at = dirname(at)) {
    const found = join(at, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return realpathSync(found);
    if (at === dirname(at)) throw new Error(`${name}, which ${folder} depends on, is not installed.`);
  }
}

/** Every package that those of `names` need, by where they lie. */
function closure(names, folder, found = new Set()) {
  for (const name of names) {
    const at = find(name, folder);
    if (found.has(at)) continue;
    found.add(at);
    closure(Object.keys(manifest(at).dependencies ?? {}), at, found);
  }
  return found;
}

/** Where a package lies among the others; within another where a different version lies outside. */
function placeOf(folder) {
  const places = [packageFolder, join(packageFolder, "..", "..")].map((base) => relative(realpathSync(base), folder));
  return places.find((place) => place.startsWith("node_modules/")).slice("node_modules/".length);
}

const unloaded = /(^|\/)(dist-es|dist-types|node_modules|test|docs)$|\.(d\.[cm]?ts|map)$|\.(browser|native)\.js$/;

rmSync(target, { recursive: true, force: true });
for (const folder of closure(Object.keys(manifest(packageFolder).dependencies), packageFolder)) {
  cpSync(folder, join(target, placeOf(folder)), {
    recursive: true,
    filter: (source) => source === folder || !unloaded.test(`/${relative(folder, source)}`) || basename(source) === "LICENSE",
  });
}
