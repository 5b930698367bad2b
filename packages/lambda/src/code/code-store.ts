import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@mayfly/db";
import { entityTooLarge, invalidParameter } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";
import { isCodeUsed, usedCode } from "../store/function-queries.ts";
import { createKeyLock } from "../store/key-lock.ts";
import type { CodeRecord } from "../store/records.ts";
import { EmptyZip, UnzippedTooLarge, unpackZip } from "./unpack-zip.ts";
import { BadZip } from "./zip-entry.ts";

/** Deployment packages: the zips as blobs, and each one unpacked once, shared read-only by everything that runs it. */
export interface CodeStore {
  /**
   * Checks, unpacks and keeps a package. Until `release` is called it stays, used or not; afterwards only if a version uses it.
   * @throws Fault InvalidParameterValueException, RequestEntityTooLargeException
   */
  add(zip: Uint8Array): Promise<{ code: CodeRecord; release: (used: boolean) => void }>;
  /** Checks a package without keeping it; throws as `add`. */
  check(zip: Uint8Array): Promise<CodeRecord>;
  /** Host folder of an unpacked package if it is known to be there. */
  readyFolder(sha256: string): string | undefined;
  /** Host folder of a package, unpacked again from its zip if need be. */
  folder(sha256: string): Promise<string>;
  /** Keeps the package until the answer is called: something runs it. */
  hold(sha256: string): () => void;
  /** Removes the package if no version uses it and nobody holds it; if somebody does, when they let go. */
  collect(sha256: string): void;
  /** Removes what a crash left behind. */
  sweep(): Promise<void>;
  /** Resolves once removals under way are done. */
  close(): Promise<void>;
}

/** What the store is made of. */
export interface CodeStoreOptions {
  readonly db: Database;
  /** Where packages are unpacked; the store owns it. */
  readonly codeFolder: string;
  readonly limits: LambdaLimits;
  readonly onProblem: (line: string) => void;
}

const temporaryPrefix = "unpacking-";
const bootFile = "boot-id";
const shaPattern = /^[0-9a-f]{64}$/;

/** Makes the store; call `sweep` before the first use. */
export function createCodeStore({ db, codeFolder, limits, onProblem }: CodeStoreOptions): CodeStore {
  const lock = createKeyLock();
  const ready = new Set<string>();
  const holders = new Map<string, number>();
  const removals = new Set<Promise<void>>();
  const folderOf = (sha256: string): string => join(codeFolder, sha256);

  const hold = (sha256: string): (() => void) => {
    holders.set(sha256, (holders.get(sha256) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (holders.get(sha256) ?? 1) - 1;
      if (left > 0) holders.set(sha256, left);
      else holders.delete(sha256);
      if (left === 0 && retired.has(sha256)) collect(sha256);
    };
  };

  // Packages whose last version is gone while something still ran them.
  const retired = new Set<string>();
  const collect = (sha256: string): void => {
    retired.add(sha256);
    if (holders.has(sha256)) return;
    const removal = lock
      .run(sha256, async () => {
        if (holders.has(sha256)) return;
        retired.delete(sha256);
        if (await isCodeUsed(db, sha256)) return;
        if (holders.has(sha256)) return;
        await remove(sha256);
      })
      .catch((error: unknown) => onProblem(`Unused code ${sha256} could not be removed: ${String(error)}`))
      .finally(() => removals.delete(removal));
    removals.add(removal);
  };

  // The blob first: a folder that is left behind leads `sweep` to whatever is left of the pair.
  const remove = async (sha256: string): Promise<void> => {
    ready.delete(sha256);
    await db.blobs.remove(sha256);
    await rm(folderOf(sha256), { recursive: true, force: true });
  };

  const unpack = async (zip: Uint8Array | string, sha256: string | undefined): Promise<void> => {
    const temporary = await mkdtemp(join(codeFolder, temporaryPrefix));
    try {
      await unpackZip(zip, temporary, limits);
      if (sha256 === undefined) return;
      await rename(temporary, folderOf(sha256));
      ready.add(sha256);
    } catch (error) {
      throw asFault(error, limits);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };

  const folder = (sha256: string): Promise<string> =>
    lock.run(sha256, async () => {
      if (!ready.has(sha256) && !existsSync(folderOf(sha256))) await unpack(db.blobs.path(sha256), sha256);
      ready.add(sha256);
      return folderOf(sha256);
    });

  return {
    async add(zip) {
      const code = describe(zip, limits);
      const release = hold(code.sha256);
      try {
        await lock.run(code.sha256, async () => {
          if (!existsSync(folderOf(code.sha256))) await unpack(zip, code.sha256);
          await db.blobs.put(zip);
          ready.add(code.sha256);
        });
      } catch (error) {
        collect(code.sha256);
        release();
        throw error;
      }
      return {
        code,
        release: (used) => {
          if (!used) collect(code.sha256);
          release();
        },
      };
    },
    async check(zip) {
      const code = describe(zip, limits);
      if (!existsSync(folderOf(code.sha256))) await unpack(zip, undefined);
      return code;
    },
    readyFolder: (sha256) => (ready.has(sha256) ? folderOf(sha256) : undefined),
    folder,
    hold,
    collect,
    async sweep() {
      await mkdir(codeFolder, { recursive: true, mode: 0o755 });
      await chmod(codeFolder, 0o755);
      const rebooted = await isFirstStartSinceBoot(codeFolder);
      const used = await usedCode(db);
      for (const name of await readdir(codeFolder)) {
        const known = shaPattern.test(name);
        if (known && used.has(name) && !rebooted) continue;
        if (known && !used.has(name)) await db.blobs.remove(name);
        if (known || name.startsWith(temporaryPrefix)) await rm(join(codeFolder, name), { recursive: true, force: true });
      }
      await noteBoot(codeFolder);
    },
    async close() {
      await Promise.all(removals);
    },
  };
}

/** @throws Fault if the zip is larger than Lambda takes */
function describe(zip: Uint8Array, limits: LambdaLimits): CodeRecord {
  if (zip.byteLength > limits.zippedCodeBytes) throw entityTooLarge(`Zipped size must be smaller than ${limits.zippedCodeBytes} bytes`);
  return { sha256: createHash("sha256").update(zip).digest("hex"), size: zip.byteLength };
}

function asFault(error: unknown, limits: LambdaLimits): unknown {
  if (error instanceof UnzippedTooLarge) return invalidParameter(`Unzipped size must be smaller than ${limits.unzippedCodeBytes} bytes`);
  if (error instanceof EmptyZip) return invalidParameter("Uploaded file must be a non-empty zip");
  if (error instanceof BadZip) return invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  return error;
}

// Unpacked files are not synced to disk one by one, so after a power failure they may be hollow. The zips are synced: after a
// reboot everything is unpacked from them again, each package when it is first needed.
const currentBootId = async (): Promise<string> => {
  try {
    return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  } catch {
    return String(Math.round((await stat("/proc/1").catch(() => ({ ctimeMs: 0 }))).ctimeMs));
  }
};

async function isFirstStartSinceBoot(codeFolder: string): Promise<boolean> {
  const noted = await readFile(join(codeFolder, bootFile), "utf8").catch(() => "");
  return noted !== (await currentBootId());
}

const noteBoot = async (codeFolder: string): Promise<void> => writeFile(join(codeFolder, bootFile), await currentBootId());
