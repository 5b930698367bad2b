import { randomBytes } from "node:crypto";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import { EngineError } from "../engine-error.ts";
import { createEnvironmentLog, type EnvironmentLog } from "../logs/environment-log.ts";
import { logStreamName } from "../logs/log-stream-name.ts";
import { platformLines, type PlatformLines } from "../logs/platform-lines.ts";
import type { ResponseTarget } from "../runtime-api/response-sink.ts";
import type { ExtensionEnd } from "../runtime-api/extensions.ts";
import type {
  EnvironmentCredentials,
  EnvironmentStats,
  EnvironmentUsage,
  FunctionTarget,
  InitializationType,
  Invocation,
  InvocationReport,
  InvocationResult,
} from "../types.ts";
import { beforeDeadline } from "./deadline.ts";
import { environmentVariables } from "./environment-variables.ts";
import { EnvironmentProcesses, type BootEnd } from "./environment-processes.ts";
import { initFailure, invocationFailure, restFailure, type Failure } from "./failures.ts";
import { billedMs, initLimitMs } from "./initialization.ts";
import { createInvocationLines, type InvocationLines, type RuntimeDone } from "./invocation-lines.ts";
import { runtimeNotes } from "./runtime-notes.ts";
import type { ProcessResources } from "./runtime-process.ts";
import { changeState, type EnvironmentState } from "./states.ts";

/** What an environment is made with. */
export interface EnvironmentOptions {
  readonly resources: ProcessResources;
  readonly target: FunctionTarget;
  readonly runtime: ResolvedRuntime;
  /** Names of its external extensions. */
  readonly extensions: readonly string[];
  readonly credentials: EnvironmentCredentials;
  readonly initializationType: InitializationType;
  /** Hears of a process that ended between events. */
  readonly onIdleExit: () => void;
}

/** One execution environment: a runtime's process in a sandbox, and its extensions', one log stream, one invocation at a time. */
export interface Environment {
  readonly id: string;
  readonly target: FunctionTarget;
  /** Credentials of the code in it end then. */
  readonly expiresAtMs: number;
  /** False once it has failed or been stopped. */
  readonly reusable: boolean;
  /** INIT went well. */
  readonly isInitialized: boolean;
  /** The most that was measured, after its last event; undefined before the first, and where it can't be. */
  readonly peakMemoryMb: number | undefined;
  stats(): EnvironmentStats;
  /** What its processes use just now. */
  usage(): Promise<EnvironmentUsage | undefined>;
  /**
   * Starts the process and runs INIT. The function's failing there is no error: INIT then runs once more within the next event.
   * @param onStarted called once the process runs
   * @throws EngineError
   */
  initialize(onStarted: () => void): Promise<void>;
  /** Runs an event. @param target where a streamed response goes. @throws EngineError */
  run(invocation: Invocation, target?: ResponseTarget): Promise<InvocationResult>;
  /** What extensions still do of the event that was answered last: the next one can come when it has resolved. */
  readonly rest: Promise<unknown> | undefined;
  /** Ends it; resolves when nothing is left. Idempotent. */
  stop(): Promise<void>;
}

/** What the runtime made of an event, and what its caller is given. */
interface Answer extends RuntimeDone {
  readonly body: Buffer;
  /** Of REPORT, where it isn't the caller's: an extension ended when there was an answer already. */
  readonly reported: Failure | undefined;
}

/** How extensions ended their part of an event; undefined if well. */
type RestEnd = ExtensionEnd | "timeout" | undefined;

class ProcessEnvironment implements Environment {
  readonly id = randomBytes(16).toString("hex");
  readonly target: FunctionTarget;
  readonly expiresAtMs: number;
  peakMemoryMb: number | undefined;
  readonly #options: EnvironmentOptions;
  readonly #streamName: string;
  readonly #log: EnvironmentLog;
  readonly #lines: PlatformLines;
  readonly #invocationLines: InvocationLines;
  readonly #processes: EnvironmentProcesses;
  readonly #createdAtMs = Date.now();
  #state: EnvironmentState = "starting";
  /** Told in the report of the first event. */
  #initDurationMs: number | undefined;
  #invocations = 0;
  #rest: Promise<unknown> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: EnvironmentOptions) {
    const { target, credentials, runtime, extensions, resources } = options;
    this.target = target;
    this.expiresAtMs = credentials.expiresAtMs;
    this.#options = options;
    this.#streamName = logStreamName(new Date(), target, this.id);
    this.#log = createEnvironmentLog(target, resources.readingBudget, (lines) => resources.hooks.log(target, this.#streamName, lines));
    this.#lines = platformLines(target, options.initializationType);
    this.#invocationLines = createInvocationLines(this.#log, this.#lines, target);
    const variables = environmentVariables(target, runtime.language, this.#streamName, credentials, options.initializationType);
    this.#processes = new EnvironmentProcesses(
      resources,
      { id: this.id.slice(0, 16), target, runtime, extensions, variables, log: this.#log },
      () => this.#state === "idle" && options.onIdleExit(),
    );
  }

  get reusable(): boolean {
    return this.#state === "idle";
  }

  get isInitialized(): boolean {
    return this.#processes.isReady;
  }

  get rest(): Promise<unknown> | undefined {
    return this.#rest;
  }

  stats(): EnvironmentStats {
    const { id, target } = this;
    return {
      id,
      targetId: target.id,
      target,
      state: this.#state,
      initializationType: this.#options.initializationType,
      invocations: this.#invocations,
      pid: this.#processes.current?.pid,
      createdAtMs: this.#createdAtMs,
      phases: this.#processes.phases,
    };
  }

  async usage(): Promise<EnvironmentUsage | undefined> {
    return this.#processes.current?.usage();
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  async initialize(onStarted: () => void): Promise<void> {
    this.#become("init");
    const { runtime, initializationType } = this.#options;
    const { version, versionArn, note } = runtimeNotes(this.target, runtime);
    this.#log.write(this.#lines.initStart(version, versionArn, note));
    const boot = await this.#processes.boot(initLimitMs(initializationType, this.target.timeoutMs), onStarted);
    this.#reportInit(boot, "init");
    if (boot.failed === undefined) this.#initDurationMs = boot.durationMs;
    if (this.#stopped === undefined) this.#become("idle");
  }

  async run(invocation: Invocation, target?: ResponseTarget): Promise<InvocationResult> {
    this.#failIfStopped();
    this.#invocations++;
    this.#rest = undefined;
    this.#become("invoking");
    this.#log.startTail();
    const startedAt = performance.now();
    if (!this.#processes.isReady) {
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
    await this.#processes.end();
    await Promise.allSettled([this.#rest]);
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
    const boot = await this.#processes.boot(this.target.timeoutMs, leave).finally(leave);
    this.#reportInit(boot, "invoke");
    if (boot.failed === undefined) return undefined;
    const failure = initFailure(requestId, boot.failed, this.target.timeoutMs);
    this.#invocationLines.start(requestId);
    const durationMs = performance.now() - startedAt;
    return this.#finish({ requestId, durationMs, producedBytes: 0, failure, body: failure.payload, reported: failure });
  }

  #reportInit({ failed, durationMs }: BootEnd, phase: "init" | "invoke"): void {
    for (const extension of this.#processes.current?.session.extensions.facts() ?? []) this.#log.write(this.#lines.extension(extension));
    const status = failed && initFailure("", failed, 0).report;
    this.#log.write(this.#lines.initRuntimeDone(phase, status));
    this.#log.write(this.#lines.initReport(durationMs, phase, status));
  }

  async #invoke(invocation: Invocation, startedAt: number, target: ResponseTarget | undefined): Promise<InvocationResult> {
    const { requestId } = invocation;
    const { timeoutMs } = this.target;
    this.#invocationLines.start(requestId);
    const deadline = startedAt + timeoutMs;
    const { session } = this.#processes.current!;
    const end = await beforeDeadline(session.invoke(invocation, Date.now() + deadline - performance.now(), target), deadline);
    const durationMs = performance.now() - startedAt;
    if (end === "timeout" || end.exit !== undefined || end.extension !== undefined)
      await this.#processes.abandon(end === "timeout" ? "timeout" : "failure");
    if (end !== "timeout" && end.reply === undefined && this.#stopped !== undefined)
      throw new EngineError("interrupted", "The environment was ended while the function was at work.");
    const failure = invocationFailure(requestId, end, timeoutMs);
    const reply = end !== "timeout" && end.reply?.kind === "response" ? end.reply : undefined;
    const body = reply?.body ?? Buffer.alloc(0);
    const reported = failure ?? restFailure(requestId, end === "timeout" ? end : end.extension, timeoutMs);
    const answer: Answer = { requestId, durationMs, producedBytes: reply?.streamedBytes ?? body.length, failure, body, reported };
    this.#processes.noteResponse(durationMs);
    const rest = this.#processes.isAlive ? session.rest() : undefined;
    if (rest !== undefined) return this.#answerEarly(answer, invocation, beforeDeadline(rest, deadline), startedAt);
    const result = await this.#finish(answer);
    this.#becomeIdle();
    return result;
  }

  /** The caller has the answer while extensions still work; what they take counts, as on AWS. */
  async #answerEarly(answer: Answer, { wantsLogTail }: Invocation, rest: Promise<RestEnd>, startedAt: number): Promise<InvocationResult> {
    await this.#log.drain();
    this.#invocationLines.runtimeDone(answer);
    this.#log.flush();
    const result = this.#resultOf(answer, this.#reportOf(answer.durationMs, undefined));
    const report = this.#finishRest(answer, rest, startedAt);
    this.#rest = report;
    // The whole log is known when they are done.
    return wantsLogTail === true ? { ...result, report: await report, logTail: this.#log.tail() } : result;
  }

  async #finishRest({ requestId, failure }: Answer, rest: Promise<RestEnd>, startedAt: number): Promise<InvocationReport> {
    const end = await rest;
    const durationMs = performance.now() - startedAt;
    const late = restFailure(requestId, end, this.target.timeoutMs);
    if (end !== undefined) await this.#processes.abandon(end === "timeout" ? end : "failure");
    const [maxMemoryUsedMb] = await Promise.all([this.#processes.current?.peakMemoryMb(), this.#log.drain()]);
    const report = this.#reportOf(durationMs, maxMemoryUsedMb);
    this.#invocationLines.timeout(requestId, late);
    this.#invocationLines.report(requestId, report, failure ?? late);
    this.#becomeIdle();
    return report;
  }

  /** Whatever has ended, or has to, takes no further event. */
  #becomeIdle(): void {
    this.#initDurationMs = undefined;
    if (this.#processes.isAlive && this.#stopped === undefined) this.#become("idle");
  }

  async #finish(answer: Answer): Promise<InvocationResult> {
    const [maxMemoryUsedMb] = await Promise.all([this.#processes.current?.peakMemoryMb(), this.#log.drain()]);
    const report = this.#reportOf(answer.durationMs, maxMemoryUsedMb);
    this.#invocationLines.runtimeDone(answer);
    this.#invocationLines.report(answer.requestId, report, answer.reported);
    return this.#resultOf(answer, report);
  }

  #reportOf(durationMs: number, maxMemoryUsedMb: number | undefined): InvocationReport {
    const initDurationMs = this.#initDurationMs;
    this.peakMemoryMb = maxMemoryUsedMb;
    const billedDurationMs = billedMs(this.#options.initializationType, durationMs, initDurationMs);
    return { durationMs, initDurationMs, billedDurationMs, maxMemoryUsedMb };
  }

  #resultOf({ failure, body }: Answer, report: InvocationReport): InvocationResult {
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
