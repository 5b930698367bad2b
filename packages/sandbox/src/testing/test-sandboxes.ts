import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll } from "vitest";
import { createSandboxFactory, type Sandbox, type SandboxExit, type SandboxFactory, type SandboxSpec, wayOfEnvironment } from "../index.ts";

/** What a program printed and how it ended. */
interface Outcome extends SandboxExit {
  readonly stdout: string;
  readonly stderr: string;
}

/** A factory of real sandboxes for the tests of one file. */
export interface TestSandboxes {
  /** Once the tests run. */
  readonly factory: SandboxFactory;
  /** A folder of the file's own, closed to others. */
  readonly folder: string;
  start(command: readonly string[], changes?: Partial<SandboxSpec>): Promise<Sandbox>;
  /** Runs a shell script inside. */
  shell(script: string, changes?: Partial<SandboxSpec>): Promise<Outcome>;
  /** Runs a Python program inside. */
  python(script: string, changes?: Partial<SandboxSpec>): Promise<Outcome>;
  /** Whether this machine has the mechanism whose name begins so. */
  has(mechanism: string): boolean;
}

/** First part of the names of the tests' control groups. */
export const testCgroupName = "mayfly-test";

/** @param way as MAYFLY_SANDBOX says unless told */
export function createTestSandboxes(way = wayOfEnvironment()): TestSandboxes {
  let factory: SandboxFactory;
  let folder: string;
  let count = 0;
  beforeAll(async () => {
    factory = await createSandboxFactory({ cgroupName: testCgroupName, way });
    folder = mkdtempSync(join(tmpdir(), "mayfly-sandbox-"));
  });
  afterAll(async () => {
    await factory.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start: TestSandboxes["start"] = async (command, changes = {}) => {
    const id = `s${count++}`;
    mkdirSync(join(folder, id));
    return factory.start({ ...specOf(id, join(folder, id), command), ...changes });
  };
  const run = async (command: readonly string[], changes: Partial<SandboxSpec> = {}): Promise<Outcome> => {
    const sandbox = await start(command, changes);
    const [stdout, stderr, exit] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr), sandbox.exited]);
    return { stdout, stderr, ...exit };
  };
  return {
    get factory() {
      return factory;
    },
    get folder() {
      return folder;
    },
    start,
    shell: (script, changes) => run(["/bin/sh", "-c", script], changes),
    python: (script, changes) => run(["/usr/bin/python3", "-I", "-c", script], changes),
    has: (mechanism) => factory.support.mechanisms.some(({ name, available }) => name.startsWith(mechanism) && available),
  };
}

/** A small sandbox with nothing but the system and a /tmp. */
export const specOf = (id: string, folder: string, command: readonly string[]): SandboxSpec => ({
  id,
  folder,
  mounts: [{ kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 }],
  command,
  environment: { PATH: "/usr/bin:/bin" },
  workingDirectory: "/",
  listenPorts: [],
  memoryBytes: 128 * 1_048_576,
  maxProcesses: 64,
  maxOpenFiles: 256,
});

/** Processes of this machine whose command line holds `mark`. */
export function processesWith(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits until there are none. */
export async function untilGone(mark: string): Promise<void> {
  const endsAt = performance.now() + 5_000;
  while (processesWith(mark).length > 0) {
    if (performance.now() > endsAt) throw new Error(`Processes with ${mark} are left: ${processesWith(mark).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
