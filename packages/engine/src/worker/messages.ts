import type { EngineErrorCode } from "../engine-error.ts";
import type {
  EngineStatus,
  EnvironmentCredentials,
  EnvironmentUsage,
  FunctionTarget,
  Invocation,
  InvocationResult,
  LogLine,
  ProvisionedState,
} from "../types.ts";

/** What a front may ask of a worker: the arguments and the answer of each call. All of it is data. */
export interface WorkerCalls {
  invoke: { arguments: [target: FunctionTarget, invocation: Invocation]; answer: InvocationResult };
  /** See OpenStreams. */
  openStream: {
    arguments: [target: FunctionTarget, invocation: Invocation];
    answer: { readonly streamId: number; readonly contentType: string };
  };
  readStream: { arguments: [streamId: number]; answer: Buffer | undefined };
  leaveStream: { arguments: [streamId: number]; answer: void };
  resultOfStream: { arguments: [streamId: number]; answer: InvocationResult };
  provisioned: { arguments: [targetId: string]; answer: ProvisionedState };
  status: { arguments: []; answer: EngineStatus };
  usage: { arguments: [environmentId: string]; answer: EnvironmentUsage | undefined };
  close: { arguments: [graceMs: number]; answer: void };
}

/** What a worker may ask of its front. */
export interface FrontCalls {
  credentials: { arguments: [target: FunctionTarget]; answer: EnvironmentCredentials };
  log: { arguments: [target: FunctionTarget, logStreamName: string, lines: readonly LogLine[]]; answer: void };
}

/** A call that failed. Only an EngineError keeps its kind: other errors are the worker's own and travel as text. */
export interface SentError {
  readonly message: string;
  readonly code: EngineErrorCode | undefined;
}

/** A request to the other side; its answer has the same number. */
type Request<Calls> = {
  [Name in keyof Calls]: {
    readonly kind: "request";
    readonly id: number;
    readonly name: Name;
    readonly arguments: Calls[Name] extends { arguments: infer Arguments } ? Arguments : never;
  };
}[keyof Calls];

type Answer =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly error: SentError };

/** From front to worker. */
export type ToWorker =
  | Request<WorkerCalls>
  | Answer
  | { readonly kind: "retire"; readonly targetId: string }
  | { readonly kind: "provision"; readonly target: FunctionTarget; readonly count: number };

/** From worker to front. */
export type ToFront = Request<FrontCalls> | Answer;
