import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBuffer, type Entry } from "yauzl";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listPackage, readPackageFile } from "./package-files.ts";
import { writePackage } from "./write-package.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-package-"));
  mkdirSync(join(folder, "lib/deep"), { recursive: true });
  writeFileSync(join(folder, "index.py"), "print(1)\n");
  writeFileSync(join(folder, "lib/deep/a.txt"), "a");
  writeFileSync(join(folder, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
  symlinkSync("/etc/passwd", join(folder, "link"));
  symlinkSync("/etc", join(folder, "etc"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = async (changes: Parameters<typeof writePackage>[2]) =>
  readZip(await writePackage(folder, await listPackage(folder), changes));

test("what is not changed stays, with modes and links", async () => {
  const entries = await write([]);
  expect(Object.keys(entries)).toEqual(["etc", "index.py", "lib/deep/a.txt", "link", "run.sh"]);
  expect(entries["run.sh"]?.mode.toString(8)).toBe("100755");
  expect(entries["link"]).toMatchObject({ text: "/etc/passwd" });
  expect(entries["link"]?.mode.toString(8)).toBe("120777");
});

test("changes are applied in their order", async () => {
  const entries = await write([
    { Path: "index.py", Type: "put", Content: Buffer.from("print(2)\n") },
    { Path: "lib/deep/b.txt", Type: "put", CopyFrom: "lib/deep/a.txt" },
    { Path: "lib/deep/a.txt", Type: "delete" },
    { Path: "empty", Type: "directory" },
    { Path: "run.sh", Type: "delete" },
  ]);
  expect(Object.keys(entries)).toEqual(["empty/", "etc", "index.py", "lib/deep/b.txt", "link"]);
  expect(entries["index.py"]?.text).toBe("print(2)\n");
  expect(entries["lib/deep/b.txt"]?.text).toBe("a");
});

test("a folder is deleted with all in it", async () => {
  expect(Object.keys(await write([{ Path: "lib", Type: "delete" }]))).not.toContain("lib/deep/a.txt");
});

test("the same content makes the same zip", async () => {
  const files = await listPackage(folder);
  expect((await writePackage(folder, files, [])).equals(await writePackage(folder, files, []))).toBe(true);
});

test.each(["../x", "/etc/passwd", "a//b", "a/./b", "a\0b", "a\\b", ""])("the path %j is refused", async (path) => {
  await expect(write([{ Path: path, Type: "put", Content: Buffer.from("x") }])).rejects.toThrow("is no path within a deployment package");
  await expect(readPackageFile(folder, path)).rejects.toThrow("is no path within a deployment package");
});

test.each(["link", "etc/passwd", "lib", "missing.py"])("%s is not read: no link is followed", async (path) => {
  await expect(readPackageFile(folder, path)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});

test("a file is read", async () => {
  expect((await readPackageFile(folder, "lib/deep/a.txt")).toString()).toBe("a");
});

async function readZip(zip: Buffer): Promise<Record<string, { mode: number; text: string }>> {
  const result: Record<string, { mode: number; text: string }> = {};
  await new Promise<void>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error) return reject(error);
      file.on("end", resolve);
      file.on("entry", (entry: Entry) => {
        file.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.on("end", () => {
            result[entry.fileName] = { mode: entry.externalFileAttributes >>> 16, text: Buffer.concat(chunks).toString() };
            file.readEntry();
          });
        });
      });
      file.readEntry();
    });
  });
  return result;
}
