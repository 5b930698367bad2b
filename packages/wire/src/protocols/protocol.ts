import type { Fault } from "@mayfly/kernel";
import type { ErrorAnswer } from "../errors/error-answer.ts";
import type { Router } from "../match/router.ts";
import type { Model, Operation } from "../model/model.ts";
import type { OperationMatch, WireRequest, WireContent, WireResponse, WireStream } from "../types.ts";

/** What a protocol knows of the service that it speaks for. */
export interface ProtocolContext {
  readonly model: Model;
  readonly router: Router;
  /** What the caller is told of an error. */
  readonly errorAnswer: (error: unknown) => ErrorAnswer;
}

/** The same for an answer, which may be a stream that fails while it is being sent. */
interface AnswerContext extends ProtocolContext {
  readonly onFailure: (error: unknown) => void;
}

/** One AWS protocol: https://smithy.io/2.0/aws/protocols/index.html */
export interface Protocol {
  /** See ServiceWire. */
  readonly bodyNamesOperation: boolean;
  /** Finds the operation and the raw values of its labels. */
  match(context: ProtocolContext, request: WireRequest): Pick<OperationMatch, "operation" | "labels">;
  /** Reads the input, constraints unchecked. @throws Fault in the protocol's words */
  parse(operation: Operation, match: OperationMatch, request: WireRequest): Record<string, unknown>;
  render(context: AnswerContext, operation: Operation, output: unknown, requestId: string): WireResponse | WireStream | WireContent;
  renderError(context: ProtocolContext, error: ErrorAnswer, requestId: string): WireResponse;
  unknownOperation(context: ProtocolContext, match: OperationMatch, request: WireRequest): Fault;
}
