import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { InterpretedRuntime, ResolvedRuntime } from "@mayfly/runtimes";
import { zygoteLibraryPath, type Sandbox, type SandboxFactory } from "@mayfly/sandbox";
import { systemMounts } from "../environment/booted-process.ts";
import { waitingVariables } from "../environment/environment-variables.ts";
import { engineLimits } from "../limits.ts";
import type { MemoryAdmission } from "./memory-admission.ts";

/** A process that hands out copies of itself. */
export interface Zygote {
  /** Where launchers ask for them. */
  readonly socket: string;
  /** Keeps it alive until this resolves: it tells of its copies' ends. */
  hold(copy: Promise<unknown>): void;
}

/** For each interpreter that is used a process which has loaded what functions need, and of which theirs are copies: they start sooner, and share its memory. */
export interface Zygotes {
  /** The one for such processes, if it is ready; one that is not there yet is started. */
  of(runtime: ResolvedRuntime): Zygote | undefined;
  /** Hears of each that gets ready. */
  onReady(listener: (interpreter: string) => void): void;
  /** Its copies must have ended. */
  close(): Promise<void>;
}

/** What zygotes are made with. */
export interface ZygotesOptions {
  readonly factory: SandboxFactory;
  readonly folder: string;
  readonly memory: MemoryAdmission;
}

/** An interpreter's zygote, or the attempt to have one. */
interface Entry {
  zygote?: Zygote;
  copies: number;
  usedAt: number;
  /** Resolves when nothing is left of it. */
  over: Promise<void>;
  end(): void;
}

const inside = "/var/zygote/mayfly-zygote.so";
const mebibyte = 1024 * 1024;

export class SandboxedZygotes implements Zygotes {
  readonly #options: ZygotesOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;
  #tell: (interpreter: string) => void = () => {};
  #closed = false;

  constructor(options: ZygotesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#endUnused(), engineLimits.spareLookMs);
    this.#timer.unref();
  }

  of(runtime: ResolvedRuntime): Zygote | undefined {
    if (this.#closed || !this.#options.factory.canCopy || runtime.interpreter === undefined || runtime.zygoteCommand === undefined)
      return undefined;
    const known = this.#entries.get(runtime.interpreter);
    if (known !== undefined) {
      known.usedAt = performance.now();
      return known.zygote;
    }
    this.#begin(runtime, runtime.zygoteCommand(inside));
    return undefined;
  }

  onReady(listener: (interpreter: string) => void): void {
    this.#tell = listener;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const entries = [...this.#entries.values()];
    for (const entry of entries) entry.end();
    await Promise.all(entries.map(({ over }) => over));
  }

  #begin(runtime: InterpretedRuntime, command: readonly string[]): void {
    let end = (): void => {};
    const wanted = new Promise<void>((resolve) => (end = resolve));
    const entry: Entry = { copies: 0, usedAt: performance.now(), over: Promise.resolve(), end };
    this.#entries.set(runtime.interpreter, entry);
    entry.over = this.#run(entry, runtime, command, wanted).catch(() => {});
    void entry.over.then(() => {
      const forget = (): void => {
        if (this.#entries.get(runtime.interpreter) === entry) this.#entries.delete(runtime.interpreter);
      };
      delete entry.zygote;
      // One that could not be made, or ended by itself, may do so again: processes are started in the meantime.
      if (entry.usedAt === -Infinity) forget();
      else setTimeout(forget, engineLimits.zygoteRetryMs).unref();
    });
  }

  /** Until it is wanted no more, or ends by itself. */
  async #run(entry: Entry, runtime: InterpretedRuntime, command: readonly string[], wanted: Promise<void>): Promise<void> {
    const { factory, folder, memory } = this.#options;
    await memory.take(engineLimits.zygoteMb, () => 0);
    const id = `zygote-${randomBytes(6).toString("hex")}`;
    const root = join(folder, id);
    const socketFolder = await socketFolderIn(folder, id);
    try {
      await mkdir(root);
      const socket = join(socketFolder, "socket");
      const sandbox = await factory.start({
        id,
        folder: root,
        mounts: [
          ...systemMounts(runtime),
          { kind: "bind", source: zygoteLibraryPath, target: inside, readOnly: true },
          // The dynamic loader remembers which of its folders are there, and these may come with a function.
          ...["/var/task/lib", "/opt/lib"].map((target) => ({ kind: "tmpfs", target, sizeBytes: 4_096, mode: 0o555 }) as const),
        ],
        command,
        environment: waitingVariables(runtime.language),
        workingDirectory: "/",
        listenPorts: [],
        network: "none",
        zygoteSocket: socket,
        memoryBytes: engineLimits.zygoteMostMb * mebibyte,
        maxProcesses: engineLimits.maxProcesses,
        maxOpenFiles: engineLimits.zygoteOpenFiles,
      });
      sandbox.stderr.resume();
      void wanted.then(() => sandbox.kill());
      if (await isReady(sandbox)) this.#announce(entry, runtime.interpreter, socket);
      await sandbox.exited;
    } finally {
      await Promise.all([root, socketFolder].map((path) => rm(path, { recursive: true, force: true })));
      memory.giveBack(engineLimits.zygoteMb);
    }
  }

  #announce(entry: Entry, interpreter: string, socket: string): void {
    entry.zygote = {
      socket,
      hold(copy) {
        entry.copies++;
        void copy.finally(() => entry.copies--);
      },
    };
    if (!this.#closed) this.#tell(interpreter);
  }

  #endUnused(): void {
    const before = performance.now() - engineLimits.spareMemoryMs;
    for (const entry of this.#entries.values()) {
      if (entry.zygote === undefined || entry.copies > 0 || entry.usedAt > before) continue;
      entry.usedAt = -Infinity;
      delete entry.zygote;
      entry.end();
    }
  }
}

/** A folder that others can't enter, whose name leaves room for a socket's. */
async function socketFolderIn(folder: string, id: string): Promise<string> {
  const near = join(folder, `${id}-socket`);
  if (Buffer.byteLength(join(near, "socket")) > engineLimits.socketPathBytes) return mkdtemp(join(tmpdir(), "mayfly-"));
  await mkdir(near, { mode: 0o700 });
  return near;
}

/** Resolves when it says that it has loaded everything, or ends. */
async function isReady(sandbox: Sandbox): Promise<boolean> {
  const lines = createInterface({ input: sandbox.stdout });
  const said = new Promise<boolean>((resolve) => lines.on("line", (line) => line === "ready" && resolve(true)));
  return Promise.race([said, sandbox.exited.then(() => false)]);
}
