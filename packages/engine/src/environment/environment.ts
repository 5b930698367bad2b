import { createHash, randomBytes } from "node:crypto";
import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { SandboxFactory } from "@mayfly/sandbox";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";
import { createEnvironmentLog } from "../logs/environment-log.ts";
import { logStreamName } from "../logs/log-stream-name.ts";
import { platformLines } from "../logs/platform-lines.ts";
import type { InitEnd, InvocationEnd } from "../runtime-api/runtime-session.ts";
import type { EngineHooks, EnvironmentCredentials, EnvironmentStats, FunctionTarget, Invocation, InvocationReport, InvocationResult } from "../types.ts";
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

type BootEnd = { readonly process: RuntimeProcess; readonly end: InitEnd | "timeout"; readonly durationMs: number };

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

/** Makes an environment; its process starts with the first event. `onIdleExit` hears of a process that ended between events. */
export function createEnvironment(
  resources: EnvironmentResources,
  target: FunctionTarget,
  runtime: ResolvedRuntime,
  credentials: EnvironmentCredentials,
  onIdleExit: () => void,
): Environment {
  const id = randomBytes(16).toString("hex");
  const streamName = logStreamName(new Date(), target.functionVersion, id);
  const log = createEnvironmentLog((lines) => resources.hooks.log(target, streamName, lines));
  const lines = platformLines(target.logFormat, target.functionVersion);
  const variables = environmentVariables(target, runtime.language, streamName, credentials);
  let state: EnvironmentState = "starting";
  let process: RuntimeProcess | undefined;
  let invocations = 0;
  let starts = 0;
  let stopped: Promise<void> | undefined;
  const become = (next: EnvironmentState): void => {
    state = changeState(state, next);
  };

  const failIfStopped = (): void => {
    if (stopped !== undefined) throw new EngineError("closed", "The environment was ended.");
  };

  const boot = async (limitMs: number): Promise<BootEnd> => {
    process = await resources
      .gated(() => startRuntimeProcess(resources.factory, { id: `${id.slice(0, 16)}-${starts++}`, target, runtime, variables, folder: resources.folder, log, hooks: resources.hooks }))
      .catch((error: unknown) => {
        throw new EngineError("no-sandbox", `No sandbox could be made: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
    if (stopped !== undefined) await process.end();
    void process.exited.then(() => {
      if (state === "idle") onIdleExit();
    });
    const end = await beforeDeadline(process.session.init, process.startedAt + limitMs);
    const durationMs = performance.now() - process.startedAt;
    if (end === "timeout" || end.kind !== "ready") await process.end();
    failIfStopped();
    return { process, end, durationMs };
  };

  const finish = async (invocation: Invocation, failure: Failure | undefined, body: Buffer, figures: Omit<InvocationReport, "maxMemoryUsedMb" | "billedDurationMs">): Promise<InvocationResult> => {
    const { requestId } = invocation;
    await log.drain();
    const report: InvocationReport = {
      ...figures,
      billedDurationMs: Math.ceil(figures.durationMs + (figures.initDurationMs ?? 0)),
      maxMemoryUsedMb: await process?.peakMemoryMb(),
    };
    if (failure?.report.status === "timeout") log.write(lines.timeout(requestId, secondsText(target.timeoutMs)));
    log.write(lines.end(requestId));
    log.write(lines.report(requestId, report, target.memorySizeMb, failure?.report));
    log.write(target.logFormat === "Text" ? failure?.line : undefined);
    await log.drain();
    return { payload: failure?.payload ?? body, functionError: failure && "Unhandled", logTail: log.tail(), logStreamName: streamName, report };
  };

  /** INIT, and if it fails once more within the invocation. */
  const initialize = async (invocation: Invocation): Promise<{ readonly failed?: InvocationResult; readonly startedAt?: number; readonly initDurationMs?: number }> => {
    become("init");
    const note = [
      ...(runtime.exact ? [] : [`${target.runtime} is not installed; this is the nearest newer version`]),
      ...(target.architecture === hostArchitecture ? [] : [`runs on ${hostArchitecture}, not ${target.architecture}`]),
    ].join("; ");
    const version = `${runtime.language}:${runtime.version}`;
    log.write(lines.initStart(version, `arn:aws:lambda:${target.region}::runtime:${hash(`${version} ${runtime.interpreter}`)}`, note || undefined));
    const first = await boot(engineLimits.initTimeoutMs);
    if (first.end !== "timeout" && first.end.kind === "ready") return { initDurationMs: first.durationMs };
    log.write(lines.initReport(first.durationMs, "init", statusOf(first.end)));
    log.startTail();
    const startedAt = performance.now();
    const second = await boot(target.timeoutMs);
    if (second.end !== "timeout" && second.end.kind === "ready") return { startedAt };
    log.write(lines.initReport(second.durationMs, "invoke", statusOf(second.end)));
    log.write(lines.start(invocation.requestId));
    const failure = initFailure(invocation.requestId, second.end, target.timeoutMs);
    return { failed: await finish(invocation, failure, failure.payload, { durationMs: performance.now() - startedAt, initDurationMs: undefined }) };
  };

  const runOnce = async (invocation: Invocation): Promise<InvocationResult> => {
    invocations++;
    const init = state === "starting" ? await initialize(invocation) : {};
    if (init.failed !== undefined) return init.failed;
    failIfStopped();
    become("invoking");
    if (init.startedAt === undefined) {
      // What a thread wrote between invocations is no part of this one's tail.
      await log.drain();
      log.startTail();
    }
    log.write(lines.start(invocation.requestId));
    const startedAt = init.startedAt ?? performance.now();
    const deadline = startedAt + target.timeoutMs;
    const outcome = process!.session.invoke(invocation, Date.now() + deadline - performance.now());
    const end = await beforeDeadline(outcome, deadline);
    const durationMs = performance.now() - startedAt;
    const failure = invocationFailure(invocation.requestId, end, target.timeoutMs);
    const gone = end === "timeout" || end.exit !== undefined;
    if (gone) await process!.end();
    if (end !== "timeout" && end.reply === undefined) failIfStopped();
    const body = end !== "timeout" && end.reply?.kind === "response" ? end.reply.body : Buffer.alloc(0);
    const result = await finish(invocation, failure, body, { durationMs, initDurationMs: init.initDurationMs });
    if (!gone && stopped === undefined) become("idle");
    return result;
  };

  const stop = async (): Promise<void> => {
    become("stopping");
    await process?.end();
    await log.drain();
    become("ended");
  };

  return {
    id,
    target,
    expiresAtMs: credentials.expiresAtMs,
    get reusable() {
      return state === "idle";
    },
    stats: () => ({ id, targetId: target.id, functionName: target.functionName, state, invocations, pid: process?.pid }),
    run: runOnce,
    stop: () => (stopped ??= Promise.resolve().then(stop)),
  };
}

const hostArchitecture = globalThis.process.arch === "arm64" ? "arm64" : "x86_64";

const statusOf = (end: Exclude<InitEnd, { kind: "ready" }> | "timeout"): Failure["report"] => initFailure("", end, 0).report;
