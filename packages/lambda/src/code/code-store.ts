import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@mayfly/db";
import { invalidParameter } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";
import { isCodeUsed } from "../store/function-queries.ts";
import { createKeyLock } from "@mayfly/kernel";
import type { CodeRecord } from "../store/records.ts";
import { createCodeRetention, type CodeRetention } from "./code-retention.ts";
import { folderBytes } from "./merge-folders.ts";
import { createMergedFolders } from "./merged-folders.ts";
import { sweepCode, temporaryPrefix } from "./sweep-code.ts";
import { EmptyZip, UnzippedTooLarge, unpackZip } from "./unpack-zip.ts";
import { BadZip } from "./zip-entry.ts";

/** Deployment packages: the zips as blobs, and each one unpacked once, shared read-only by everything that runs it. */
export interface CodeStore extends Pick<CodeRetention, "hold" | "collect"> {
  /**
   * Checks, unpacks and keeps a package. Until `release` is called it stays, used or not; afterwards only if a version uses it.
   * @throws Fault InvalidParameterValueException
   */
  add(zip: Uint8Array): Promise<{ code: CodeRecord; release: (used: boolean) => void }>;
  /** Checks a package without keeping it; throws as `add`. */
  check(zip: Uint8Array): Promise<CodeRecord>;
  /** Host folder of an unpacked package if it is known to be there. */
  readyFolder(sha256: string): string | undefined;
  /** Host folder of a package, unpacked again from its zip if need be. */
  folder(sha256: string): Promise<string>;
  /** Host folder with several packages laid over each other; later ones cover earlier ones. */
  mergedFolder(sha256s: readonly string[]): Promise<string>;
  /** What a package's files take, unpacked. */
  unpackedBytes(sha256: string): Promise<number>;
  /** Removes what a crash left behind; to be called before anything else. */
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

/** Makes the store. */
export function createCodeStore({ db, codeFolder, limits, onProblem }: CodeStoreOptions): CodeStore {
  const lock = createKeyLock();
  const ready = new Set<string>();
  const folderOf = (sha256: string): string => join(codeFolder, sha256);

  const removeUnlessUsed = (sha256: string, isHeld: () => boolean): Promise<void> =>
    lock.run(sha256, async () => {
      if (isHeld() || (await isCodeUsed(db, sha256)) || isHeld()) return;
      ready.delete(sha256);
      await db.blobs.remove(sha256);
      await rm(folderOf(sha256), { recursive: true, force: true });
      await merged.forget(sha256);
    });
  const retention = createCodeRetention(removeUnlessUsed, onProblem);

  /** Unpacks the zip and, if `sha256` is given, makes it the package's folder in one step. */
  const unpack = async (zip: Uint8Array | string, sha256?: string): Promise<void> => {
    const temporary = await mkdtemp(join(codeFolder, temporaryPrefix));
    try {
      await unpackZip(zip, temporary, limits);
      if (sha256 !== undefined) await rename(temporary, folderOf(sha256));
    } catch (error) {
      throw asFault(error, limits);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };

  const store = (zip: Uint8Array, sha256: string): Promise<void> =>
    lock.run(sha256, async () => {
      if (!existsSync(folderOf(sha256))) await unpack(zip, sha256);
      await db.blobs.put(zip);
      ready.add(sha256);
    });

  const folder = (sha256: string): Promise<string> =>
    lock.run(sha256, async () => {
      if (!existsSync(folderOf(sha256))) await unpack(db.blobs.path(sha256), sha256);
      ready.add(sha256);
      return folderOf(sha256);
    });

  const merged = createMergedFolders(codeFolder, folder);

  return {
    ...retention,
    async add(zip) {
      const code = describe(zip);
      const letGo = retention.hold(code.sha256);
      const release = (used: boolean): void => {
        if (!used) retention.collect(code.sha256);
        letGo();
      };
      try {
        await store(zip, code.sha256);
      } catch (error) {
        release(false);
        throw error;
      }
      return { code, release };
    },
    async check(zip) {
      const code = describe(zip);
      if (!existsSync(folderOf(code.sha256))) await unpack(zip);
      return code;
    },
    readyFolder: (sha256) => (ready.has(sha256) ? folderOf(sha256) : undefined),
    folder,
    mergedFolder: (sha256s) => merged.of(sha256s),
    unpackedBytes: async (sha256) => folderBytes(await folder(sha256)),
    sweep: () => sweepCode(db, codeFolder),
    close: () => retention.settled(),
  };
}

const describe = (zip: Uint8Array): CodeRecord => ({ sha256: createHash("sha256").update(zip).digest("hex"), size: zip.byteLength });

function asFault(error: unknown, limits: LambdaLimits): unknown {
  if (error instanceof UnzippedTooLarge) return invalidParameter(`Unzipped size must be smaller than ${limits.unzippedCodeBytes} bytes`);
  if (error instanceof EmptyZip) return invalidParameter("Uploaded file must be a non-empty zip");
  if (error instanceof BadZip) return invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  return error;
}
