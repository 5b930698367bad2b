import type { DatabaseSync } from "node:sqlite";
import type { Segment } from "../../object-types.ts";

/** Counts who uses which file. */
export interface Files {
  use(segments: readonly Segment[]): void;
  /** False if one of them is gone; then none is used. */
  share(segments: readonly Segment[]): boolean;
  /** Those that nobody uses any more are added to `freed`. */
  release(segments: readonly Segment[], freed: string[]): void;
  unknown(files: readonly string[]): string[];
}

const namesOf = (segments: readonly Segment[]): Set<string> => new Set(segments.map(({ file }) => file));

export function filesOf(database: DatabaseSync): Files {
  const use = database.prepare("INSERT INTO s3_file (name, uses) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1");
  const release = database.prepare("UPDATE s3_file SET uses = uses - 1 WHERE name = ? RETURNING uses");
  const forget = database.prepare("DELETE FROM s3_file WHERE name = ?");
  const known = database.prepare("SELECT 1 FROM s3_file WHERE name = ?");
  const files: Files = {
    use(segments) {
      for (const name of namesOf(segments)) use.run(name);
    },
    share(segments) {
      const names = namesOf(segments);
      if ([...names].some((name) => known.get(name) === undefined)) return false;
      for (const name of names) use.run(name);
      return true;
    },
    release(segments, freed) {
      for (const name of namesOf(segments)) {
        const uses = release.get(name)?.["uses"] as number | undefined;
        if (uses === undefined || uses > 0) continue;
        forget.run(name);
        freed.push(name);
      }
    },
    unknown: (names) => names.filter((name) => known.get(name) === undefined),
  };
  return files;
}
