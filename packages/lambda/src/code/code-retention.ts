/** Says how long a package stays: while somebody holds it or a version uses it. */
export interface CodeRetention {
  /** Keeps the package until the answer is called. */
  hold(sha256: string): () => void;
  /** Removes the package if nothing uses or holds it; if somebody holds it, when they let go. */
  collect(sha256: string): void;
  /** Resolves once removals under way are done. */
  settled(): Promise<void>;
}

/** @param removeUnlessUsed removes the package unless a version uses it; asks `isHeld` just before */
export function createCodeRetention(
  removeUnlessUsed: (sha256: string, isHeld: () => boolean) => Promise<void>,
  onProblem: (line: string) => void,
): CodeRetention {
  const holders = new Map<string, number>();
  // Packages to be removed as soon as nobody holds them.
  const retired = new Set<string>();
  const removals = new Set<Promise<void>>();

  const collect = (sha256: string): void => {
    retired.add(sha256);
    if (holders.has(sha256)) return;
    retired.delete(sha256);
    const removal = removeUnlessUsed(sha256, () => holders.has(sha256))
      .catch((error: unknown) => onProblem(`Unused code ${sha256} could not be removed: ${String(error)}`))
      .finally(() => removals.delete(removal));
    removals.add(removal);
  };

  return {
    hold(sha256) {
      holders.set(sha256, (holders.get(sha256) ?? 0) + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (holders.get(sha256) ?? 1) - 1;
        if (left > 0) return void holders.set(sha256, left);
        holders.delete(sha256);
        if (retired.has(sha256)) collect(sha256);
      };
    },
    collect,
    async settled() {
      await Promise.all(removals);
    },
  };
}
