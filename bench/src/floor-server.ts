import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { runChild, startChild, type Child } from "./child.ts";
import { limits } from "./limits.ts";
import { quantile } from "./table.ts";

const floorMain = fileURLToPath(new URL("floor.ts", import.meta.url));

/** The floor, running. */
export interface FloorServer {
  readonly child: Child;
  readonly port: number;
  /** Its start until all of it was there. Milliseconds. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Starts the floor with so many processes behind it. */
export async function startFloor(processCount: number): Promise<FloorServer> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-floor-"));
  const startedAtMs = performance.now();
  const { child, found } = await startChild(process.execPath, [floorMain, "front", join(folder, "s"), String(processCount)], /ready (\d+)\n/, limits.startMs);
  return {
    child,
    port: Number(found[1]),
    readyMs: performance.now() - startedAtMs,
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const nothing: Readonly<Record<"nodejs" | "python", readonly string[]>> = { nodejs: ["-e", "0"], python: ["-I", "-S", "-c", "0"] };

/** A bare interpreter's start and end: the median. Milliseconds. */
export async function bareStartMs(language: keyof typeof nothing): Promise<number> {
  // The `python3` in PATH may be a script that looks for the real one.
  const file = language === "nodejs" ? process.execPath : (await runChild("python3", ["-c", "import sys; print(sys.executable)"])).trim();
  const timesMs: number[] = [];
  for (let i = 0; i < limits.coldStartCount; i++) {
    const startedAtMs = performance.now();
    await runChild(file, nothing[language]);
    timesMs.push(performance.now() - startedAtMs);
  }
  return quantile(timesMs, 0.5);
}
