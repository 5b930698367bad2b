import { readdirSync } from "node:fs";
import { join } from "node:path";
import { footprintOf, readProcFile, waitFor, type ServerProcess } from "@mayfly/testkit";

/** What a server takes up, as numbers. */
export interface Sizes {
  readonly residentMb: number;
  readonly openFiles: number;
  readonly processes: number;
  readonly controlGroups: number;
  readonly mounts: number;
  readonly folders: number;
  /** Packages that lie unpacked. */
  readonly unpacked: number;
}

/** Looks at it from outside. */
export function sizesOf(server: ServerProcess): Sizes {
  const { processes, controlGroups, mounts, folders } = footprintOf(server);
  return {
    residentMb: Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(readProcFile(`/proc/${server.pid}/status`))?.[1] ?? 0) / 1024),
    openFiles: readdirSync(`/proc/${server.pid}/fd`).length,
    processes: processes.size,
    controlGroups: controlGroups.size,
    mounts: mounts.size,
    folders: folders.size,
    unpacked: readdirSync(join(server.dataFolder, "unpacked")).length,
  };
}

/** How a size may have grown and still count as being back: as a share and on top of that. Nothing else may have grown at all. */
const slack: Readonly<Partial<Record<keyof Sizes, { readonly share: number; readonly more: number }>>> = {
  // V8 gives memory back late, and not all of it.
  residentMb: { share: 0.25, more: 40 },
  openFiles: { share: 0, more: 4 },
};

/** Which sizes are larger than they were, in words. */
export function grown(before: Sizes, now: Sizes): readonly string[] {
  return (Object.keys(before) as (keyof Sizes)[])
    .filter((key) => now[key] > before[key] * (1 + (slack[key]?.share ?? 0)) + (slack[key]?.more ?? 0))
    .map((key) => `${key} ${before[key]} -> ${now[key]}`);
}

/** Waits until no process has come or gone for a while; answers what is there then. */
export async function settled(server: ServerProcess, quietMs: number): Promise<Sizes> {
  let before = "";
  let sinceMs = performance.now();
  await waitFor(
    "the server to come to rest",
    () => {
      const now = [...footprintOf(server).processes].toSorted().join();
      if (now !== before) [before, sinceMs] = [now, performance.now()];
      return performance.now() - sinceMs >= quietMs;
    },
    120_000,
  );
  return sizesOf(server);
}

/** Takes a sample at every interval; `stop` answers them. */
export function watch(server: ServerProcess, intervalMs: number): { readonly stop: () => readonly Sizes[] } {
  const samples: Sizes[] = [sizesOf(server)];
  const timer = setInterval(() => void samples.push(sizesOf(server)), intervalMs);
  return {
    stop() {
      clearInterval(timer);
      return samples;
    },
  };
}

/** Samples as a table. */
export const formatSizes = (samples: readonly Sizes[]): string =>
  samples
    .map((sizes) =>
      Object.entries(sizes)
        .map(([name, value]) => `${name} ${value}`)
        .join("  "),
    )
    .join("\n");
