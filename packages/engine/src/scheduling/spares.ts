import { randomBytes } from "node:crypto";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { bootProcess, type BootedProcess } from "../environment/booted-process.ts";
import { waitingVariables } from "../environment/environment-variables.ts";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget, SpareStats } from "../types.ts";
import type { Gate } from "./gate.ts";
import type { MemoryAdmission } from "./memory-admission.ts";
import type { Preloads } from "./preloads.ts";
import type { Zygotes } from "./zygotes.ts";

/** Runtimes' processes that were booted in their sandboxes ahead of any function, and wait for one. Each serves one function only. */
export interface Spares {
  /** One that can become the target's, if there is one. Notes that one was wanted: a kind that is used is kept ready. */
  take(runtime: ResolvedRuntime, target: FunctionTarget): BootedProcess | undefined;
  /** Ends some. @returns how many MB are being freed */
  free(neededMb: number): number;
  stats(): readonly SpareStats[];
  close(): Promise<void>;
}

/** What spares are made with. */
export interface SparesOptions {
  readonly factory: SandboxFactory;
  readonly folder: string;
  readonly memory: MemoryAdmission;
  readonly gate: Gate;
  readonly zygotes: Zygotes;
  readonly preloads: Preloads;
}

/** Processes that are alike: the same interpreter with the same arguments. */
interface Kind {
  readonly name: string;
  readonly runtime: ResolvedRuntime;
  readonly command: readonly string[];
  readonly preloaded: readonly string[];
  /** Of the function that it was first wanted for; the command may depend on it. */
  readonly memorySizeMb: number;
  readonly waiting: Set<BootedProcess>;
  booting: number;
  /** When one was wanted lately, by the monotonic clock. */
  wanted: number[];
}

/** Variables that an interpreter reads at its own start, and that can't be given to it later. */
const startVariable =
  /^(NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_.*|PYTHON(?!PATH$).*|LD_.*|LC_.*|GLIBC_TUNABLES|MALLOC_.*|AWS_LAMBDA_EXEC_WRAPPER)$/;

/** True if the target's process may be one that was booted without knowing it. */
export const mayBeSpare = (target: FunctionTarget): boolean => !Object.keys(target.environment).some((name) => startVariable.test(name));

export class BootedSpares implements Spares {
  readonly #options: SparesOptions;
  readonly #kinds = new Map<string, Kind>();
  readonly #ending = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #closed = false;

  constructor(options: SparesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#endUnwanted(), engineLimits.spareLookMs);
    this.#timer.unref();
    options.zygotes.onReady((interpreter) => this.#renew(interpreter));
  }

  take(runtime: ResolvedRuntime, target: FunctionTarget): BootedProcess | undefined {
    if (!this.#options.factory.canAttach || !mayBeSpare(target)) return undefined;
    const kind = this.#kindOf(runtime, target.memorySizeMb, this.#options.preloads.of(target));
    if (kind === undefined) return undefined;
    kind.wanted.push(performance.now());
    setImmediate(() => this.#refill(kind));
    if (kind.waiting.size > 0 || kind.preloaded.length === 0) return this.#takeOf(kind);
    // One that has not loaded it is better than none.
    const plain = this.#kindOf(runtime, target.memorySizeMb, []);
    return plain && this.#takeOf(plain);
  }

  #takeOf(kind: Kind): BootedProcess | undefined {
    const [first] = kind.waiting;
    if (first === undefined) return undefined;
    kind.waiting.delete(first);
    this.#options.memory.giveBack(engineLimits.spareMb);
    return first;
  }

  free(neededMb: number): number {
    let freedMb = 0;
    for (const kind of this.#kinds.values()) {
      for (const spare of kind.waiting) {
        if (freedMb >= neededMb) return freedMb;
        this.#end(kind, spare);
        freedMb += engineLimits.spareMb;
      }
    }
    return freedMb;
  }

  stats(): readonly SpareStats[] {
    return [...this.#kinds.values()].map(({ runtime, memorySizeMb, preloaded, waiting, booting }) => ({
      runtime: runtime.runtime,
      memorySizeMb,
      preloaded,
      waiting: waiting.size,
      copies: [...waiting].filter(({ isCopy }) => isCopy).length,
      booting,
    }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.free(Number.POSITIVE_INFINITY);
    await Promise.all(this.#ending);
  }

  #kindOf(runtime: ResolvedRuntime, memorySizeMb: number, preloaded: readonly string[]): Kind | undefined {
    const command = runtime.waitingCommand?.(memorySizeMb, preloaded);
    if (command === undefined) return undefined;
    const name = [runtime.interpreter, ...command].join(" ");
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      kind = { name, runtime, command, preloaded, memorySizeMb, waiting: new Set(), booting: 0, wanted: [] };
      this.#kinds.set(name, kind);
    }
    return kind;
  }

  /** As many as were wanted within a short time lately, so that the same again finds them ready. */
  #worth(kind: Kind): number {
    const now = performance.now();
    kind.wanted = kind.wanted.filter((at) => now - at < engineLimits.spareMemoryMs).slice(-256);
    const burst = kind.wanted.filter((at) => now - at < engineLimits.spareBurstMs).length;
    return Math.min(kind.wanted.length === 0 ? 0 : Math.max(1, burst), engineLimits.sparesOfAKind);
  }

  /** Copies of a zygote take the place of what waits, each once it is there: they have more loaded and take less. */
  #renew(interpreter: string): void {
    for (const kind of this.#kinds.values()) {
      if (kind.runtime.interpreter === interpreter) this.#bootSome(kind, kind.waiting.size);
    }
  }

  #refill(kind: Kind): void {
    const have = kind.waiting.size + kind.booting;
    const total = [...this.#kinds.values()].reduce((sum, { waiting, booting }) => sum + waiting.size + booting, 0);
    const missing = Math.min(this.#worth(kind) - have, engineLimits.spares - total);
    this.#bootSome(kind, missing);
  }

  #bootSome(kind: Kind, count: number): void {
    for (let at = 0; at < count && !this.#closed; at++) {
      kind.booting++;
      void this.#boot(kind).finally(() => kind.booting--);
    }
  }

  /** Makes one when nobody's event waits for a start. That it can't be made is told by the start that then has to do without. */
  async #boot(kind: Kind): Promise<void> {
    const { factory, folder, memory, gate, zygotes } = this.#options;
    const leave = await gate.enter();
    try {
      if (this.#closed || gate.isCrowded) return;
      await memory.take(engineLimits.spareMb, () => 0);
      const { runtime, command } = kind;
      try {
        const spare = await bootProcess(factory, {
          id: `spare-${randomBytes(6).toString("hex")}`,
          runtime,
          command,
          folder,
          variables: waitingVariables(runtime.language),
          memoryBytes: engineLimits.spareMb * 2 ** 20,
          mounts: [],
          attachable: ["/var/task", "/opt", "/tmp"],
          zygote: zygotes.of(runtime),
        });
        this.#keep(kind, spare);
        await Promise.race([spare.session.assignment.asked, spare.sandbox.exited]);
      } catch {
        memory.giveBack(engineLimits.spareMb);
      }
    } catch {
      // No memory to spare.
    } finally {
      leave();
    }
  }

  #keep(kind: Kind, spare: BootedProcess): void {
    const started = spare.isCopy ? [...kind.waiting].find(({ isCopy }) => !isCopy) : undefined;
    if (started !== undefined) this.#end(kind, started);
    kind.waiting.add(spare);
    void spare.sandbox.exited.then(() => {
      if (kind.waiting.has(spare)) this.#end(kind, spare);
    });
    if (this.#closed) this.#end(kind, spare);
  }

  #end(kind: Kind, spare: BootedProcess): void {
    kind.waiting.delete(spare);
    const ending = (async () => {
      await spare.sandbox.kill();
      spare.sandbox.stdout.resume();
      spare.sandbox.stderr.resume();
      await spare.remove();
      this.#options.memory.giveBack(engineLimits.spareMb);
    })().catch(() => {});
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #endUnwanted(): void {
    for (const kind of this.#kinds.values()) {
      const worth = this.#worth(kind);
      for (const spare of kind.waiting) {
        if (kind.waiting.size <= worth) break;
        this.#end(kind, spare);
      }
      if (kind.waiting.size + kind.booting === 0 && kind.wanted.length === 0) this.#kinds.delete(kind.name);
      else this.#refill(kind);
    }
  }
}
