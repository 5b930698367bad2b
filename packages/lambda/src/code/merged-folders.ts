import { createHash } from "node:crypto";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createKeyLock } from "@mayfly/kernel";
import { mergeFolders } from "./merge-folders.ts";
import { mergedPrefix, temporaryPrefix } from "./sweep-code.ts";

/** Folders of several packages, each made when it is first asked for. None outlives a restart. */
export interface MergedFolders {
  /** Host folder with the packages laid over each other; later ones cover earlier ones. */
  of(sha256s: readonly string[]): Promise<string>;
  /** Removes those that a package is in. */
  forget(sha256: string): Promise<void>;
}

/** @param folder of one package, unpacked */
export function createMergedFolders(codeFolder: string, folder: (sha256: string) => Promise<string>): MergedFolders {
  const lock = createKeyLock();
  /** The packages in each. */
  const made = new Map<string, readonly string[]>();

  const merge = async (sources: readonly string[], target: string): Promise<void> => {
    const temporary = await mkdtemp(join(codeFolder, temporaryPrefix));
    await chmod(temporary, 0o755);
    try {
      await mergeFolders(sources, temporary);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };

  return {
    async of(sha256s) {
      const [only, ...more] = sha256s;
      if (only !== undefined && more.length === 0) return folder(only);
      const target = join(codeFolder, `${mergedPrefix}${createHash("sha256").update(sha256s.join()).digest("hex")}`);
      return lock.run(target, async () => {
        if (made.has(target)) return target;
        await merge(await Promise.all(sha256s.map(folder)), target);
        made.set(target, sha256s);
        return target;
      });
    },
    async forget(sha256) {
      for (const [target, parts] of made) {
        if (!parts.includes(sha256)) continue;
        made.delete(target);
        await rm(target, { recursive: true, force: true });
      }
    },
  };
}
