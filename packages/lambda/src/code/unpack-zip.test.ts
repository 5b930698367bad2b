import { mkdtemp, readFile, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultLimits } from "../limits.ts";
import { centralHeaders, forge, zipOfEntries, zipOfFiles, type TestEntry } from "../testing/zips.ts";
import { EmptyZip, UnzippedTooLarge, unpackZip } from "./unpack-zip.ts";
import { BadZip } from "./zip-entry.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-unpack-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const unpack = (zip: Uint8Array | string, limits = defaultLimits): Promise<void> => unpackZip(zip, folder, limits);
const modeOf = async (path: string): Promise<number> => (await stat(join(folder, path))).mode & 0o7777;

describe("a good zip", () => {
  it("comes out as it went in, folders made as needed", async () => {
    await unpack(await zipOfFiles({ "index.js": "1", "lib/deep/a.txt": "two", "naïve/ü.txt": "drei" }));
    expect(await readFile(join(folder, "index.js"), "utf8")).toBe("1");
    expect(await readFile(join(folder, "lib/deep/a.txt"), "utf8")).toBe("two");
    expect(await readFile(join(folder, "naïve/ü.txt"), "utf8")).toBe("drei");
  });

  it("is read from a file, too", async () => {
    const path = join(folder, "..", `${Date.now()}-${process.pid}.zip`);
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, await zipOfFiles({ a: "b" }));
    try {
      await unpack(path);
    } finally {
      await rm(path);
    }
    expect(await readFile(join(folder, "a"), "utf8")).toBe("b");
  });

  it("keeps modes, readable for all, without set-uid bits", async () => {
    await unpack(
      await zipOfEntries([
        { name: "bootstrap", mode: 0o100755 },
        { name: "secret", mode: 0o100600 },
        { name: "suid", mode: 0o104755 },
        { name: "none", mode: 0o100000 },
        { name: "folder/", mode: 0o040700 },
      ]),
    );
    expect(await modeOf("bootstrap")).toBe(0o755);
    expect(await modeOf("secret")).toBe(0o644);
    expect(await modeOf("suid")).toBe(0o755);
    expect(await modeOf("none")).toBe(0o644);
    expect(await modeOf("folder")).toBe(0o755);
    expect(await modeOf(".")).toBe(0o755);
  });

  it("keeps symbolic links that stay inside", async () => {
    await unpack(
      await zipOfEntries([
        { name: "lib/libz.so", content: "../real/libz.so.1", mode: 0o120777 },
        { name: "real/libz.so.1", content: "elf" },
        { name: "dangling", content: "nothing/here", mode: 0o120777 },
      ]),
    );
    expect(await readFile(join(folder, "lib/libz.so"), "utf8")).toBe("elf");
    expect(await readlink(join(folder, "dangling"))).toBe("nothing/here");
  });

  it("may have names in a code page of old", async () => {
    const zip = forge(await zipOfFiles({ "caf!.txt": "x" }), "caf!.txt", Buffer.from("caf\x82.txt", "latin1"));
    // yazl marks its names as UTF-8: take the mark away.
    for (const at of centralHeaders(zip)) zip.writeUInt16LE(zip.readUInt16LE(at + 8) & ~0x800, at + 8);
    await unpack(zip);
    expect(await readFile(join(folder, "café.txt"), "utf8")).toBe("x");
  });
});

const link = (name: string, content: string): TestEntry => ({ name, content, mode: 0o120777 });
const encrypted = (zip: Buffer): Buffer => {
  for (const at of centralHeaders(zip)) zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8);
  return zip;
};
const withChecksumOf = (zip: Buffer, value: number): Buffer => {
  for (const at of centralHeaders(zip)) zip.writeUInt32LE(value, at + 16);
  return zip;
};

describe("a bad zip", () => {
  const cases: Readonly<Record<string, () => Promise<Buffer>>> = {
    "is no zip": async () => Buffer.from("this is not a zip file at all, but long enough"),
    "is cut short": async () => (await zipOfFiles({ a: "x".repeat(1000) })).subarray(0, 60),
    "climbs out": async () => forge(await zipOfFiles({ "aa/evil": "x" }), "aa/evil", "../evil"),
    "climbs out in the midst": async () => forge(await zipOfFiles({ "a/bb/bb/evil": "x" }), "a/bb/bb/evil", "a/../../evil"),
    "has an absolute path": async () => forge(await zipOfFiles({ "aetc/evil": "x" }), "aetc/evil", "/etc/evil"),
    "has a Windows path": async () => forge(await zipOfFiles({ aaevil: "x" }), "aaevil", "..\\vil"),
    "has a NUL in a name": async () => forge(await zipOfFiles({ a_b: "x" }), "a_b", "a\0b"),
    "has a name that is no UTF-8 but claims to be": async () => forge(await zipOfFiles({ é: "x" }), "é", Buffer.from([0xff, 0xfe])),
    "has a link out": () => zipOfEntries([link("out", "../../etc/passwd")]),
    "has an absolute link": () => zipOfEntries([link("out", "/etc/passwd")]),
    "has links that lead out together": () => zipOfEntries([link("a/b/c", "../.."), link("d", "a/b/c/.."), { name: "a/x" }]),
    "has links in a circle": () => zipOfEntries([link("a", "b"), link("b", "a")]),
    "writes through a link": () => zipOfEntries([link("a", "."), { name: "a/x", content: "x" }]),
    "has a device": () => zipOfEntries([{ name: "null", mode: 0o020666 }]),
    "has a pipe": () => zipOfEntries([{ name: "pipe", mode: 0o010666 }]),
    "is encrypted": async () => encrypted(await zipOfFiles({ a: "x" })),
    "has a wrong checksum": async () => withChecksumOf(await zipOfFiles({ a: "content" }), 12345),
    "has two entries of one name": () => zipOfEntries([{ name: "a" }, { name: "b" }]).then((zip) => forge(zip, "b", "a")),
    "has a file where a folder is needed": () => zipOfEntries([{ name: "a" }, { name: "a/b" }]),
    "has a name too long for a file system": () => zipOfFiles({ ["n".repeat(300)]: "x" }),
  };

  for (const [name, make] of Object.entries(cases)) {
    it(`is refused that ${name}`, async () => {
      await expect(unpack(await make())).rejects.toBeInstanceOf(BadZip);
    });
  }

  it("is refused with more entries than the limit", async () => {
    const zip = await zipOfFiles({ a: "", b: "", c: "" });
    await expect(unpack(zip, { ...defaultLimits, zipEntryCount: 2 })).rejects.toBeInstanceOf(BadZip);
  });

  it("is refused with more folders than the limit, be they told of by one name", async () => {
    const limits = { ...defaultLimits, zipFolderCount: 10 };
    await unpack(await zipOfFiles({ "a/b/c/d/e/f/g/h/i/j/file": "" }), limits);
    await expect(unpack(await zipOfFiles({ "a/b/c/d/e/f/g/h/i/j/k/file": "" }), limits)).rejects.toBeInstanceOf(BadZip);
  });

  it("is refused with links whose ways are longer than anybody can walk", async () => {
    const detour = "x/../".repeat(800);
    const chain = Array.from({ length: 1_000 }, (_, index) => link(`l${index}`, `${detour}l${index + 1}`));
    await expect(unpack(await zipOfEntries(chain))).rejects.toBeInstanceOf(BadZip);
  });

  it("is refused with more bytes of links than the limit", async () => {
    const limits = { ...defaultLimits, symlinkTargetsBytes: 100 };
    await expect(unpack(await zipOfEntries([link("a", "x".repeat(60)), link("b", "x".repeat(60))]), limits)).rejects.toBeInstanceOf(BadZip);
  });

  it("is empty without entries, or without bytes", async () => {
    await expect(unpack(await zipOfFiles({}))).rejects.toBeInstanceOf(EmptyZip);
    await expect(unpack(Buffer.alloc(0))).rejects.toBeInstanceOf(EmptyZip);
  });

  it("stops at the limit of unzipped bytes, whatever the headers claim", async () => {
    const limits = { ...defaultLimits, unzippedCodeBytes: 100_000 };
    const zip = await zipOfFiles({ a: Buffer.alloc(60_000), b: Buffer.alloc(60_000) });
    await expect(unpack(zip, limits)).rejects.toBeInstanceOf(UnzippedTooLarge);

    const lying = await zipOfFiles({ bomb: Buffer.alloc(200_000) });
    for (const at of centralHeaders(lying)) lying.writeUInt32LE(10, at + 24);
    await expect(unpack(lying, limits)).rejects.toBeInstanceOf(BadZip);
  });
});
