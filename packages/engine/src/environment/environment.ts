import { createHash, randomBytes } from "node:crypto";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";
import { createEnvironmentLog, type EnvironmentLog } from "../logs/environment-log.ts";
import { logStreamName } from "../logs/log-stream-name.ts";
import { platformLines, type PlatformLines } from "../logs/platform-lines.ts";
import type { InitEnd, InvocationEnd } from "../runtime-api/runtime-session.ts";
import type {
  EngineHooks,
  EnvironmentCredentials,
  EnvironmentStats,
  FunctionTarget,
  Invocation,
  InvocationReport,
  InvocationResult,
} from "../types.ts";
import { beforeDeadline } from "./deadline.ts";
import { environmentVariables } from "./environment-variables.ts";
import { exitLine, processEnded, reported, responseTooLarge, secondsText, timedOut, type Failure } from "./failures.ts";
import { startRuntimeProcess, type RuntimeProcess } from "./runtime-process.ts";
import { changeState, type EnvironmentState } from "./states.ts";

/** What every environment is made with. */
export interface EnvironmentResources {
  readonly factory: SandboxFactory;
  readonly folder: string;
  readonly hooks: EngineHooks;
  /** Runs a start when the machine has a core for it. */
  readonly gated: <T>(start: () => Promise<T>) => Promise<T>;
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
  /** Runs an event; the first one starts the process. @throws EngineError */
  run(invocation: Invocation): Promise<InvocationResult>;
  /** Ends it; resolves when nothing is left. Idempotent. */
  stop(): Promise<void>;
}

type BootEnd = { readonly end: InitEnd | "timeout"; readonly durationMs: number };

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

function initFailure(requestId: string, end: Exclude<InitEnd, { kind: "ready" }> | "timeout", timeoutMs: number): Failure {
  if (end === "timeout") return timedOut(requestId, timeoutMs);
  return end.kind === "error" ? reported(end.body, end.errorType) : processEnded(requestId, end.exit);
}

function invocationFailure(requestId: string, end: InvocationEnd | "timeout", timeoutMs: number): Failure | undefined {
  if (end === "timeout") return timedOut(requestId, timeoutMs);
  const { reply, exit } = end;
  if (reply === undefined) return processEnded(requestId, exit ?? { code: null, signal: "SIGKILL", outOfMemory: false });
  if (reply.kind === "too-large") return responseTooLarge();
  if (reply.kind === "response") return undefined;
  return { ...reported(reply.body, reply.errorType), ...(exit === undefined ? {} : { line: exitLine(requestId, exit) }) };
}

const hostArchitecture = globalThis.process.arch === "arm64" ? "arm64" : "x86_64";

const statusOf = (end: Exclude<InitEnd, { kind: "ready" }> | "timeout"): Failure["report"] => initFailure("", end, 0).report;

/** What INIT_START says of a runtime that isn't quite the one that was asked for. */
function standInNote(target: FunctionTarget, runtime: ResolvedRuntime): string | undefined {
  const notes = [
    ...(runtime.exact ? [] : [`${target.runtime} is not installed; this is the nearest newer version`]),
    ...(target.architecture === hostArchitecture ? [] : [`runs on ${hostArchitecture}, not ${target.architecture}`]),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}

/** INIT went well, or `failed` is the invocation's result. */
interface Initialized {
  readonly failed?: InvocationResult;
  /** Set if INIT ran within the invocation, whose clock it then counts on. */
  readonly startedAt?: number;
  readonly initDurationMs?: number;
}

type Figures = Pick<InvocationReport, "durationMs" | "initDurationMs">;

class ProcessEnvironment implements Environment {
  readonly id = randomBytes(16).toString("hex");
  readonly target: FunctionTarget;
  readonly expiresAtMs: number;
  readonly #resources: EnvironmentResources;
  readonly #runtime: ResolvedRuntime;
  readonly #onIdleExit: () => void;
  readonly #streamName: string;
  readonly #log: EnvironmentLog;
  readonly #lines: PlatformLines;
  readonly #variables: Readonly<Record<string, string>>;
  #state: EnvironmentState = "starting";
  #process: RuntimeProcess | undefined;
  #invocations = 0;
  #starts = 0;
  #stopped: Promise<void> | undefined;

  constructor(
    resources: EnvironmentResources,
    target: FunctionTarget,
    runtime: ResolvedRuntime,
    credentials: EnvironmentCredentials,
    onIdleExit: () => void,
  ) {
    this.target = target;
    this.expiresAtMs = credentials.expiresAtMs;
    this.#resources = resources;
    this.#runtime = runtime;
    this.#onIdleExit = onIdleExit;
    this.#streamName = logStreamName(new Date(), target, this.id);
    this.#log = createEnvironmentLog(target, (lines) => resources.hooks.log(target, this.#streamName, lines));
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
      functionName: target.functionName,
      state: this.#state,
      invocations: this.#invocations,
      pid: this.#process?.pid,
    };
  }

  async run(invocation: Invocation): Promise<InvocationResult> {
    this.#invocations++;
    const init = this.#state === "starting" ? await this.#initialize(invocation) : {};
    if (init.failed !== undefined) return init.failed;
    // What a thread wrote between invocations is no part of this one's tail.
    if (init.startedAt === undefined) {
      await this.#log.drain();
      this.#log.startTail();
    }
    this.#failIfStopped();
    this.#become("invoking");
    this.#log.write(this.#lines.start(invocation.requestId));
    const startedAt = init.startedAt ?? performance.now();
    const deadline = startedAt + this.target.timeoutMs;
    const process = this.#process!;
    const end = await beforeDeadline(process.session.invoke(invocation, Date.now() + deadline - performance.now()), deadline);
    const durationMs = performance.now() - startedAt;
    const gone = end === "timeout" || end.exit !== undefined;
    if (gone) await process.end();
    if (end !== "timeout" && end.reply === undefined) this.#failIfStopped();
    const failure = invocationFailure(invocation.requestId, end, this.target.timeoutMs);
    const body = end !== "timeout" && end.reply?.kind === "response" ? end.reply.body : Buffer.alloc(0);
    const result = await this.#finish(invocation, failure, body, { durationMs, initDurationMs: init.initDurationMs });
    if (!gone && this.#stopped === undefined) this.#become("idle");
    return result;
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

  /** Runs INIT, and if it fails once more within the invocation. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  async #initialize({ requestId }: Invocation): Promise<Initialized> {
    this.#become("init");
    const version = `${this.#runtime.language}:${this.#runtime.version}`;
    const arn = `arn:aws:lambda:${this.target.region}::runtime:${hash(`${version} ${this.#runtime.interpreter}`)}`;
    this.#log.write(this.#lines.initStart(version, arn, standInNote(this.target, this.#runtime)));
    const first = await this.#boot(engineLimits.initTimeoutMs);
    this.#reportInit(first, "init");
    if (first.end !== "timeout" && first.end.kind === "ready") return { initDurationMs: first.durationMs };
    this.#log.startTail();
    const startedAt = performance.now();
    const second = await this.#boot(this.target.timeoutMs);
    this.#reportInit(second, "invoke");
    if (second.end !== "timeout" && second.end.kind === "ready") return { startedAt };
    this.#log.write(this.#lines.start(requestId));
    const failure = initFailure(requestId, second.end, this.target.timeoutMs);
    return {
      failed: await this.#finish({ requestId }, failure, failure.payload, {
        durationMs: performance.now() - startedAt,
        initDurationMs: undefined,
      }),
    };
  }

  #reportInit({ end, durationMs }: BootEnd, phase: "init" | "invoke"): void {
    const failure = end === "timeout" || end.kind !== "ready" ? statusOf(end) : undefined;
    this.#log.write(this.#lines.initRuntimeDone(phase, failure));
    this.#log.write(this.#lines.initReport(durationMs, phase, failure));
  }

  async #boot(limitMs: number): Promise<BootEnd> {
    const process = await this.#startProcess();
    this.#process = process;
    if (this.#stopped !== undefined) await process.end();
    void this.#watch(process);
    const end = await beforeDeadline(process.session.init, process.startedAt + limitMs);
    const durationMs = performance.now() - process.startedAt;
    if (end === "timeout" || end.kind !== "ready") await process.end();
    this.#failIfStopped();
    return { end, durationMs };
  }

  async #watch(process: RuntimeProcess): Promise<void> {
    await process.exited;
    if (this.#state === "idle") this.#onIdleExit();
  }

  async #startProcess(): Promise<RuntimeProcess> {
    const { gated, factory, folder, hooks } = this.#resources;
    const id = `${this.id.slice(0, 16)}-${this.#starts++}`;
    const spec = { id, target: this.target, runtime: this.#runtime, variables: this.#variables, folder, log: this.#log, hooks };
    try {
      return await gated(() => startRuntimeProcess(factory, spec));
    } catch (error) {
      throw new EngineError("no-sandbox", `No sandbox could be made: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  async #finish(
    { requestId }: Pick<Invocation, "requestId">,
    failure: Failure | undefined,
    body: Buffer,
    figures: Figures,
  ): Promise<InvocationResult> {
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

/** Makes an environment; its process starts with the first event. `onIdleExit` hears of a process that ended between events. */
export const createEnvironment = (
  resources: EnvironmentResources,
  target: FunctionTarget,
  runtime: ResolvedRuntime,
  credentials: EnvironmentCredentials,
  onIdleExit: () => void,
): Environment => new ProcessEnvironment(resources, target, runtime, credentials, onIdleExit);
