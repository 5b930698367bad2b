import { randomBytes } from "node:crypto";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";
import { createEnvironmentLog, type EnvironmentLog } from "../logs/environment-log.ts";
import { logStreamName } from "../logs/log-stream-name.ts";
import { platformLines, type PlatformLines } from "../logs/platform-lines.ts";
import type { ResponseTarget } from "../runtime-api/response-sink.ts";
import type { InitEnd } from "../runtime-api/runtime-session.ts";
import type { EnvironmentCredentials, EnvironmentStats, FunctionTarget, Invocation, InvocationReport, InvocationResult } from "../types.ts";
import { beforeDeadline } from "./deadline.ts";
import { environmentVariables } from "./environment-variables.ts";
import { initFailure, invocationFailure, secondsText, type FailedInit, type Failure } from "./failures.ts";
import type { EnvironmentPhases } from "./phases.ts";
import { runtimeNotes } from "./runtime-notes.ts";
import { startRuntimeProcess, type ProcessResources, type RuntimeProcess } from "./runtime-process.ts";
import { changeState, type EnvironmentState } from "./states.ts";

/** What an environment is made with. */
export interface EnvironmentOptions {
  readonly resources: ProcessResources;
  readonly target: FunctionTarget;
  readonly runtime: ResolvedRuntime;
  readonly credentials: EnvironmentCredentials;
  /** Hears of a process that ended between events. */
  readonly onIdleExit: () => void;
}

/** One execution environment: a process in a sandbox, one log stream, one invocation at a time. */
export interface Environment {
  readonly id: string;
  readonly target: FunctionTarget;
  /** Credentials of the code in it end then. */
  readonly expiresAtMs: number;
  /** False once it has failed or been stopped. */
  readonly reusable: boolean;
  stats(): EnvironmentStats;
  /**
   * Starts the process and runs INIT. The function's failing there is no error: INIT then runs once more within the next event.
   * @param onStarted called once the process runs
   * @throws EngineError
   */
  initialize(onStarted: () => void): Promise<void>;
  /** Runs an event. @param target where a streamed response goes. @throws EngineError */
  run(invocation: Invocation, target?: ResponseTarget): Promise<InvocationResult>;
  /** Ends it; resolves when nothing is left. Idempotent. */
  stop(): Promise<void>;
}

type BootEnd = { readonly end: InitEnd | "timeout"; readonly durationMs: number };

type Figures = Pick<InvocationReport, "durationMs" | "initDurationMs">;

const failedInit = ({ end }: BootEnd): FailedInit | undefined => (end !== "timeout" && end.kind === "ready" ? undefined : end);

class ProcessEnvironment implements Environment {
  readonly id = randomBytes(16).toString("hex");
  readonly target: FunctionTarget;
  readonly expiresAtMs: number;
  readonly #options: EnvironmentOptions;
  readonly #streamName: string;
  readonly #log: EnvironmentLog;
  readonly #lines: PlatformLines;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #createdAtMs = Date.now();
  #state: EnvironmentState = "starting";
  #process: RuntimeProcess | undefined;
  /** The process asks for events: INIT went well. */
  #isReady = false;
  /** Told in the report of the first event. */
  #initDurationMs: number | undefined;
  #phases: EnvironmentPhases | undefined;
  #invocations = 0;
  #starts = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: EnvironmentOptions) {
    const { target, credentials, runtime, resources } = options;
    this.target = target;
    this.expiresAtMs = credentials.expiresAtMs;
    this.#options = options;
    this.#streamName = logStreamName(new Date(), target, this.id);
    this.#log = createEnvironmentLog(target, resources.readingBudget, (lines) => resources.hooks.log(target, this.#streamName, lines));
    this.#lines = platformLines(target);
    this.#variables = environmentVariables(target, runtime.language, this.#streamName, credentials);
  }

  get reusable(): boolean {
    return this.#state === "idle";
  }

  stats(): EnvironmentStats {
    const { id, target } = this;
    return {
      id,
      targetId: target.id,
      target,
      state: this.#state,
      invocations: this.#invocations,
      pid: this.#process?.pid,
      createdAtMs: this.#createdAtMs,
      phases: this.#phases,
    };
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  async initialize(onStarted: () => void): Promise<void> {
    this.#become("init");
    const { version, versionArn, note } = runtimeNotes(this.target, this.#options.runtime);
    this.#log.write(this.#lines.initStart(version, versionArn, note));
    const boot = await this.#boot(engineLimits.initTimeoutMs, onStarted);
    this.#reportInit(boot, "init");
    if (this.#isReady) this.#initDurationMs = boot.durationMs;
    if (this.#stopped === undefined) this.#become("idle");
  }

  async run(invocation: Invocation, target?: ResponseTarget): Promise<InvocationResult> {
    this.#failIfStopped();
    this.#invocations++;
    this.#become("invoking");
    this.#log.startTail();
    const startedAt = performance.now();
    if (!this.#isReady) {
      const failed = await this.#initializeAgain(invocation, startedAt);
      if (failed !== undefined) return failed;
    }
    return this.#invoke(invocation, startedAt, target);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#become("stopping");
    await this.#process?.end();
    await this.#log.drain();
    this.#become("ended");
  }

  #become(next: EnvironmentState): void {
    this.#state = changeState(this.#state, next);
  }

  #failIfStopped(): void {
    if (this.#stopped !== undefined) throw new EngineError("closed", "The environment was ended.");
  }

  /** INIT within the invocation, whose clock it counts on. Its failure is the invocation's. */
  async #initializeAgain({ requestId }: Invocation, startedAt: number): Promise<InvocationResult | undefined> {
    const leave = await this.#options.resources.gate.enter();
    const boot = await this.#boot(this.target.timeoutMs, leave).finally(leave);
    this.#reportInit(boot, "invoke");
    const failed = failedInit(boot);
    if (failed === undefined) return undefined;
    const failure = initFailure(requestId, failed, this.target.timeoutMs);
    this.#log.write(this.#lines.start(requestId));
    return this.#finish(requestId, failure, failure.payload, { durationMs: performance.now() - startedAt, initDurationMs: undefined });
  }

  #reportInit(boot: BootEnd, phase: "init" | "invoke"): void {
    const failed = failedInit(boot);
    const status = failed && initFailure("", failed, 0).report;
    this.#log.write(this.#lines.initRuntimeDone(phase, status));
    this.#log.write(this.#lines.initReport(boot.durationMs, phase, status));
  }

  async #invoke(invocation: Invocation, startedAt: number, target: ResponseTarget | undefined): Promise<InvocationResult> {
    const { requestId } = invocation;
    this.#log.write(this.#lines.start(requestId));
    const deadline = startedAt + this.target.timeoutMs;
    const process = this.#process!;
    const end = await beforeDeadline(process.session.invoke(invocation, Date.now() + deadline - performance.now(), target), deadline);
    const durationMs = performance.now() - startedAt;
    const gone = end === "timeout" || end.exit !== undefined;
    if (gone) await process.end();
    if (end !== "timeout" && end.reply === undefined) this.#failIfStopped();
    const failure = invocationFailure(requestId, end, this.target.timeoutMs);
    const body = end !== "timeout" && end.reply?.kind === "response" ? end.reply.body : Buffer.alloc(0);
    const result = await this.#finish(requestId, failure, body, { durationMs, initDurationMs: this.#initDurationMs });
    this.#initDurationMs = undefined;
    if (this.#phases !== undefined && this.#phases.firstResponseMs === undefined) {
      this.#phases = { ...this.#phases, firstResponseMs: durationMs };
    }
    if (!gone && this.#stopped === undefined) this.#become("idle");
    return result;
  }

  async #boot(limitMs: number, onStarted: () => void): Promise<BootEnd> {
    const process = await this.#startProcess();
    onStarted();
    this.#process = process;
    if (this.#stopped !== undefined) await process.end();
    void this.#watch(process);
    const end = await beforeDeadline(process.session.init, process.startedAt + limitMs);
    const durationMs = performance.now() - process.startedAt;
    this.#phases = { ...process.phases, initMs: durationMs - process.phases.sandboxMs - process.phases.codeMs, firstResponseMs: undefined };
    this.#isReady = end !== "timeout" && end.kind === "ready";
    if (this.#isReady) process.bindCpu();
    else await process.end();
    this.#failIfStopped();
    // What INIT wrote comes before the event's START.
    await this.#log.drain();
    for (const extension of process.session.extensions.facts()) this.#log.write(this.#lines.extension(extension));
    return { end, durationMs };
  }

  async #watch(process: RuntimeProcess): Promise<void> {
    await process.exited;
    if (this.#state === "idle" && this.#process === process) this.#options.onIdleExit();
  }

  async #startProcess(): Promise<RuntimeProcess> {
    const { resources, runtime } = this.#options;
    const id = `${this.id.slice(0, 16)}-${this.#starts++}`;
    try {
      return await startRuntimeProcess(resources, { id, target: this.target, runtime, variables: this.#variables, log: this.#log });
    } catch (error) {
      throw new EngineError("no-sandbox", `No sandbox could be made: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  async #finish(requestId: string, failure: Failure | undefined, body: Buffer, figures: Figures): Promise<InvocationResult> {
    const [maxMemoryUsedMb] = await Promise.all([this.#process?.peakMemoryMb(), this.#log.drain()]);
    const { timeoutMs, memorySizeMb } = this.target;
    const report: InvocationReport = {
      ...figures,
      billedDurationMs: Math.ceil(figures.durationMs + (figures.initDurationMs ?? 0)),
      maxMemoryUsedMb,
    };
    if (failure?.report.status === "timeout") this.#log.write(this.#lines.timeout(requestId, secondsText(timeoutMs)));
    this.#log.write(this.#lines.end(requestId));
    this.#log.write(this.#lines.runtimeDone(requestId, figures.durationMs, body.length, failure?.report));
    this.#log.write(this.#lines.report(requestId, report, memorySizeMb, failure?.report));
    this.#log.write(this.#lines.failure(failure?.line));
    this.#log.flush();
    return {
      payload: failure?.payload ?? body,
      functionError: failure && "Unhandled",
      logTail: this.#log.tail(),
      logStreamName: this.#streamName,
      report,
    };
  }
}

/** Makes an environment; its process starts with `initialize`. */
export const createEnvironment = (options: EnvironmentOptions): Environment => new ProcessEnvironment(options);
