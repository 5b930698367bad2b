import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareVersions, createRuntimes, installRuntime, runtimeCatalog } from "./index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-runtimes-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const executable = async (path: string, text: string): Promise<void> => {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
};

test("the Node that runs this answers for its own runtime and older ones, mounted alone", async () => {
  const runtimes = createRuntimes({ runtimesFolder: folder, bundledNode: process.execPath, path: "", home: folder });
  const resolved = await runtimes.resolve("nodejs24.x");
  expect(resolved).toMatchObject({
    interpreter: process.execPath,
    version: process.versions.node,
    exact: true,
  });
  expect(resolved?.command(128)).toEqual([
    "/var/lang/bin/node",
    "--max-semi-space-size=6",
    "--max-old-space-size=115",
    "/var/runtime/bootstrap.cjs",
  ]);
  expect(resolved?.mounts[0]).toEqual({ source: process.execPath, target: "/var/lang/bin/node" });
});

test("an installed runtime goes before a newer one", async () => {
  await mkdir(join(folder, "nodejs22.x", "bin"), { recursive: true });
  await executable(
    join(folder, "nodejs22.x", "bin", "node"),
    `#!/bin/sh\necho '["${join(folder, "nodejs22.x", "bin", "node")}","22.1.0",""]'\n`,
  );
  const runtimes = createRuntimes({ runtimesFolder: folder, bundledNode: process.execPath, path: "", home: folder });
  expect(await runtimes.resolve("nodejs22.x")).toMatchObject({ version: "22.1.0", exact: true });
  expect(await runtimes.resolve("nodejs24.x")).toMatchObject({ version: process.versions.node });
});

test("a runtime that was missing is found once it is installed", async () => {
  const runtimes = createRuntimes({ runtimesFolder: folder, path: "", home: folder });
  expect(await runtimes.resolve("nodejs24.x")).toBeUndefined();
  const node = join(folder, "nodejs24.x", "bin", "node");
  await executable(node, `#!/bin/sh\necho '["${node}","24.1.0",""]'\n`);
  expect(await runtimes.resolve("nodejs24.x")).toMatchObject({ version: "24.1.0", exact: true });
});

test("a shim is passed over, a link is followed, a prefix outside the system is mounted alone", async () => {
  const prefix = join(folder, "home", ".pyenv", "versions", "3.14.1");
  await executable(join(prefix, "bin", "python3.14"), `#!/bin/sh\necho '["${prefix}/bin/python3.14","3.14.1","${prefix}"]'\n`);
  await mkdir(join(folder, "bin"));
  await symlink(join(prefix, "bin", "python3.14"), join(folder, "bin", "python3.14"));
  await executable(join(folder, "shims", "python3.14"), "#!/bin/sh\nexit 1\n");
  const runtimes = createRuntimes({
    runtimesFolder: folder,
    path: `${join(folder, "shims")}:${join(folder, "bin")}`,
    home: join(folder, "home"),
  });
  const resolved = await runtimes.resolve("python3.14");
  expect(resolved).toMatchObject({
    interpreter: join(prefix, "bin", "python3.14"),
    version: "3.14.1",
    mounts: [
      { source: prefix, target: "/var/lang" },
      { target: "/var/runtime" },
      { source: join(folder, "boto3"), target: "/var/sdk/boto3" },
    ],
  });
  expect(resolved?.command(128)).toEqual(["/var/lang/bin/python3.14", "-I", "-S", "-X", "utf8", "/var/runtime/bootstrap.py"]);
});

test("what Mayfly has no bootstrap for, or AWS never had, has no interpreter", async () => {
  const runtimes = createRuntimes({ runtimesFolder: folder, bundledNode: process.execPath });
  for (const runtime of ["java21", "ruby3.4", "python3.7", "python9.9", "provided"])
    expect(await runtimes.resolve(runtime)).toBeUndefined();
});

test("a custom runtime needs no interpreter", async () => {
  const runtimes = createRuntimes({ runtimesFolder: folder, path: "", home: folder });
  const resolved = await runtimes.resolve("provided.al2023");
  expect(resolved).toMatchObject({ language: "provided", interpreter: undefined, version: "al2023", exact: true, mounts: [] });
  expect(resolved?.command(128)).toEqual(["/var/task/bootstrap"]);
  const described = await runtimes.describe();
  expect(described.find(({ runtime }) => runtime === "provided.al2")?.text).toBe("the function's own program, bootstrap");
});

test("only Node is fetched; the error for others says what to do", async () => {
  await expect(installRuntime("python3.12", folder)).rejects.toThrow("pyenv install 3.12");
  await expect(installRuntime("java21", folder)).rejects.toThrow("Mayfly does not run it yet.");
  await expect(installRuntime("cobol", folder)).rejects.toThrow("There is no runtime cobol.");
});

test("versions are ordered by number", () => {
  expect(["3.10", "3.9", "24", "3.14"].sort(compareVersions)).toEqual(["3.9", "3.10", "3.14", "24"]);
  expect(runtimeCatalog.get("python3.8")).toMatchObject({ deprecatedOn: "2024-10-14", refused: false });
});
