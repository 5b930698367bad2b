import { EngineError } from "../engine-error.ts";
import type { ShutdownReason } from "../runtime-api/extension-answers.ts";
import type { InitEnd } from "../runtime-api/session-phases.ts";
import { beforeDeadline } from "./deadline.ts";
import type { FailedInit } from "./failures.ts";
import type { EnvironmentPhases } from "./phases.ts";
import { startRuntimeProcess, type ProcessResources, type RuntimeProcess, type RuntimeProcessSpec } from "./runtime-process.ts";

/** How INIT went. */
export interface BootEnd {
  /** Undefined if the runtime and its extensions ask for events. */
  readonly failed: FailedInit | undefined;
  readonly durationMs: number;
}

const failureOf = (end: InitEnd | "timeout"): FailedInit | undefined => (end !== "timeout" && end.kind === "ready" ? undefined : end);

/** The processes of one environment, one after the other: where INIT failed another one runs it again. */
export class EnvironmentProcesses {
  readonly #resources: ProcessResources;
  readonly #spec: RuntimeProcessSpec;
  readonly #onLost: () => void;
  #current: RuntimeProcess | undefined;
  #phases: EnvironmentPhases | undefined;
  #isReady = false;
  #isLost = false;
  #isOver = false;
  #starts = 0;

  /** @param spec its id begins those of all @param onLost hears of one that asked for events and ended unasked */
  constructor(resources: ProcessResources, spec: RuntimeProcessSpec, onLost: () => void) {
    this.#resources = resources;
    this.#spec = spec;
    this.#onLost = onLost;
  }

  get current(): RuntimeProcess | undefined {
    return this.#current;
  }

  get phases(): EnvironmentPhases | undefined {
    return this.#phases;
  }

  /** The current one asks for events. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The current one can take another event. */
  get isAlive(): boolean {
    return this.#current !== undefined && !this.#isLost && !this.#current.isEnding && !this.#current.session.isLost;
  }

  /** Starts a process and waits for its INIT. @throws EngineError */
  async boot(limitMs: number, onStarted: () => void): Promise<BootEnd> {
    // One whose INIT failed may still have extensions that end.
    await this.#current?.end("failure");
    const process = await this.#start();
    onStarted();
    this.#current = process;
    this.#isLost = false;
    if (this.#isOver) await process.end("spindown");
    void this.#watch(process);
    const end = await beforeDeadline(process.session.init, process.startedAt + limitMs);
    const durationMs = performance.now() - process.startedAt;
    this.#phases = { ...process.phases, initMs: durationMs - process.phases.sandboxMs - process.phases.codeMs, firstResponseMs: undefined };
    const failed = failureOf(end);
    this.#isReady = failed === undefined;
    if (this.#isReady) process.bindCpu();
    else await this.abandon(failed === "timeout" ? failed : "failure");
    if (this.#isOver) throw new EngineError("closed", "The environment was ended.");
    // What INIT wrote comes before the event's START.
    await this.#spec.log.drain();
    return { failed, durationMs };
  }

  /** Ends the current one. Extensions have time to end by themselves, for which nobody waits. */
  async abandon(reason: ShutdownReason): Promise<void> {
    const process = this.#current;
    const ended = process?.end(reason);
    if (process?.session.extensions.isEmpty === true) await ended;
    else ended?.catch(() => {});
  }

  noteResponse(durationMs: number): void {
    if (this.#phases !== undefined && this.#phases.firstResponseMs === undefined)
      this.#phases = { ...this.#phases, firstResponseMs: durationMs };
  }

  /** Ends them for good; resolves when nothing is left. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#current?.end("spindown");
  }

  async #watch(process: RuntimeProcess): Promise<void> {
    await process.lost;
    if (process !== this.#current) return;
    this.#isLost = true;
    if (this.#isReady && !process.isEnding) this.#onLost();
  }

  async #start(): Promise<RuntimeProcess> {
    try {
      return await startRuntimeProcess(this.#resources, { ...this.#spec, id: `${this.#spec.id}-${this.#starts++}` });
    } catch (error) {
      throw new EngineError("no-sandbox", `No sandbox could be made: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
