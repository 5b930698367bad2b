import type { Socket } from "node:net";
import type { EnvironmentPhases } from "./environment/phases.ts";
import type { EnvironmentState } from "./environment/states.ts";

export type { EnvironmentState } from "./environment/states.ts";
export type { EnvironmentPhases, StartPhases } from "./environment/phases.ts";

export type ApplicationLogLevel = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
export type SystemLogLevel = "DEBUG" | "INFO" | "WARN";

/** What an environment is made for: one version's code and configuration. Immutable; a change makes another target with another id. */
export interface FunctionTarget {
  /** Changes whenever code or configuration change; environments of one id are interchangeable. */
  readonly id: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly accountId: string;
  readonly region: string;
  /** AWS's identifier, e.g. `python3.12`. */
  readonly runtime: string;
  readonly handler: string;
  /** Host folder with the unpacked code, shown read-only as /var/task. */
  readonly codeFolder: string;
  /** Host folder with the merged layers, shown read-only as /opt; empty there if undefined. */
  readonly optFolder?: string;
  readonly memorySizeMb: number;
  readonly timeoutMs: number;
  readonly ephemeralStorageMb: number;
  /** The function's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  readonly logFormat: "Text" | "JSON";
  /** The least level of the code's own lines and of the platform's that are kept; obeyed with the JSON format, as on AWS. */
  readonly applicationLogLevel: ApplicationLogLevel;
  readonly systemLogLevel: SystemLogLevel;
  readonly architecture: "x86_64" | "arm64";
}

/** One event to be handled. */
export interface Invocation {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  /** JSON text as it came; never parsed by the engine. */
  readonly payload: Buffer;
  /** JSON text of the client context, decoded from base64. */
  readonly clientContext?: string;
  readonly traceId: string;
  /** The caller wants the log's tail: the answer then waits for extensions, whose lines are part of it. */
  readonly wantsLogTail?: boolean;
  /** The largest response that is not streamed; AWS's bound unless told. */
  readonly responseBytes?: number;
}

/** Measured figures of one invocation; what could not be measured is undefined. */
export interface InvocationReport {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly maxMemoryUsedMb: number | undefined;
  /** Only on an environment's first invocation. */
  readonly initDurationMs: number | undefined;
}

/** What became of an invocation. A function's failure is a result, not an exception. */
export interface InvocationResult {
  readonly payload: Buffer;
  /** Set when the function failed; AWS answers `Unhandled` for every kind. */
  readonly functionError: "Unhandled" | undefined;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: Buffer;
  readonly logStreamName: string;
  readonly report: InvocationReport;
}

/** A response while it comes. */
export interface StreamedResponse {
  /** As the function set it. */
  readonly contentType: string;
  /**
   * To be read once, and to its end or left by `return`: a reader that is slow slows the function. Its end says nothing of success: `result` does.
   * @throws EngineError if the engine itself ended the environment
   */
  readonly body: AsyncIterable<Buffer>;
  /** What became of the invocation, once it is over. Its payload is empty unless the function failed; it may then have streamed something before. */
  readonly result: Promise<InvocationResult>;
}

/** What bounds a streamed response. */
export interface StreamLimits {
  readonly totalBytes: number;
  /** Sent as fast as can be; what follows only so fast. */
  readonly burstBytes: number;
  readonly bytesPerSecond: number;
  /** What may lie in the server for a reader that is slow. */
  readonly waitingBytes: number;
}

/** One line of log. */
export interface LogLine {
  readonly timestampMs: number;
  readonly message: string;
}

/** Temporary credentials for the code in an environment. */
export interface EnvironmentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** What the engine asks of its surroundings. None is awaited on a warm invocation's way. */
export interface EngineHooks {
  /** Called once an environment, before its code starts. */
  credentials(target: FunctionTarget): Promise<EnvironmentCredentials>;
  /**
   * Takes lines in order; must not throw. What it answers resolves when they are safe, or lost for good: until then they count as on their way, and an
   * environment with too many of these isn't read on.
   */
  log(target: FunctionTarget, logStreamName: string, lines: readonly LogLine[]): Promise<void> | void;
  /** A connection that the code in an environment made to AWS_ENDPOINT_URL. */
  awsConnection(target: FunctionTarget, socket: Socket): void;
}

/** `proportional`: a function has processor time in proportion to its memory, 1,769 MB for one processor; `shared`: whatever is free. */
export type CpuMode = "proportional" | "shared";

/** How the engine is set up. */
export interface EngineOptions {
  /** Folder for environments' own folders; emptied at start. */
  readonly folder: string;
  /** Environments idle for this long are ended. Ten minutes unless told. */
  readonly idleTimeoutMs?: number;
  /** `proportional` unless told. */
  readonly cpu?: CpuMode;
  /** What environments may have together. A share of the machine's memory unless told. */
  readonly memoryMb?: number;
  /** Where installed runtimes lie beside those of the machine. */
  readonly runtimesFolder: string;
  /** A Node that runs functions besides those found on the machine; the one that runs the server unless told. */
  readonly bundledNode?: string;
  readonly hooks: EngineHooks;
  /** AWS's unless told. */
  readonly streamLimits?: StreamLimits;
}

/** How an environment came to be initialized: for an event that waited, or ahead of any. */
export type InitializationType = "on-demand" | "provisioned-concurrency";

/** How far the environments are that a target is to have ahead. */
export interface ProvisionedState {
  readonly wanted: number;
  /** So many are initialized, those with an event among them. */
  readonly ready: number;
  /** `ready` once all were there; one that is lost is replaced without being told here. `failed` while none can be started; it is tried again. */
  readonly status: "in-progress" | "ready" | "failed";
  /** Why it failed: FUNCTION_ERROR_INIT_FAILURE where the function did, else in words. */
  readonly reason?: string;
}

/** An environment as `environments` shows it. */
export interface EnvironmentStats {
  readonly id: string;
  readonly targetId: string;
  readonly target: FunctionTarget;
  readonly state: EnvironmentState;
  readonly initializationType: InitializationType;
  readonly invocations: number;
  readonly pid: number | undefined;
  /** When it was asked for. */
  readonly createdAtMs: number;
  /** Undefined while INIT runs. */
  readonly phases: EnvironmentPhases | undefined;
}

/** What all processes of an environment use together. */
export interface EnvironmentUsage {
  readonly memoryBytes: number;
  /** Since they were started. */
  readonly cpuMs: number;
}

/** Processes of one kind that were booted ahead of any function and wait for one. */
export interface SpareStats {
  /** AWS's identifier of the runtime that they were first wanted for. */
  readonly runtime: string;
  readonly memorySizeMb: number;
  readonly waiting: number;
  /** Packages that they have loaded, since functions were seen to load these. */
  readonly preloaded: readonly string[];
  /** Of those that wait, the copies of a zygote. */
  readonly copies: number;
  readonly booting: number;
}

/** What an engine does at one moment. */
export interface EngineStatus {
  readonly environments: readonly EnvironmentStats[];
  /** The environments that were started last, ended ones too, the newest last; a thousand at most. */
  readonly starts: readonly EnvironmentStats[];
  readonly spares: readonly SpareStats[];
  /** How many events wait for an environment of each target. */
  readonly waiting: readonly { readonly target: FunctionTarget; readonly count: number }[];
  /** The machine's memory as it is promised to environments. */
  readonly memory: { readonly promisedMb: number; readonly promisableMb: number };
}

/** Runs functions, here or in another process: every call could cross a network, so that all that is passed is data. */
export interface EngineWorker {
  /**
   * Runs the event in an idle environment of the target, or a new one.
   * @throws EngineError `code: "closed"` while shutting down, `"interrupted"` if the function was at work then, `"insufficient-memory"` when the machine has none for another environment,
   *   `"no-sandbox"` when this machine can make none
   */
  invoke(target: FunctionTarget, invocation: Invocation): Promise<InvocationResult>;
  /** As `invoke`, but resolves as soon as the function begins to answer, or is over; a function that does not stream then gives its answer in one piece. */
  invokeStreaming(target: FunctionTarget, invocation: Invocation): Promise<StreamedResponse>;
  /** No further invocation is given to environments of the target: idle ones end now, busy ones when they are done. */
  retire(targetId: string): void;
  /**
   * From now on keeps so many environments of the target initialized, until told another count or the target is retired. Events of the target are given
   * these first. They do not end for being idle, and whichever ends is replaced.
   */
  provision(target: FunctionTarget, count: number): void;
  /** How far that is. */
  provisioned(targetId: string): Promise<ProvisionedState>;
  status(): Promise<EngineStatus>;
  /** What the processes of an environment use just now; undefined if it has none or they can't be looked at. Takes about a millisecond. */
  usage(environmentId: string): Promise<EnvironmentUsage | undefined>;
  /** Ends everything. Invocations under way get up to `graceMs` to finish. */
  close(graceMs: number): Promise<void>;
}

/** An engine in this process, which can be looked at without waiting. */
export interface Engine extends EngineWorker {
  environments(): readonly EnvironmentStats[];
  starts(): readonly EnvironmentStats[];
  spares(): readonly SpareStats[];
}
