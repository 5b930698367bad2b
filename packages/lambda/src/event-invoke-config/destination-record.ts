import type { AsyncEventRow } from "@mayfly/db";
import { functionArn } from "../function-name.ts";
import { findJsonProblem } from "../invoke/json-text.ts";

/** Why an event goes to a destination. */
export type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/** What a function made of an event. */
interface EventResponse {
  readonly executedVersion: string;
  readonly functionError: string | undefined;
  readonly payload: Buffer;
}

/** What is to be told of an event. */
export interface EventEnd {
  readonly condition: Condition;
  /** How often it was run. */
  readonly invokeCount: number;
  /** Undefined if no run had any. */
  readonly response: EventResponse | undefined;
}

/**
 * The record that a destination is sent. Event and answer are put in as they are.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function destinationRecord(event: AsyncEventRow, { condition, invokeCount, response }: EventEnd, nowMs: number): Buffer {
  const requestContext = {
    requestId: event.id,
    functionArn: functionArn(event, event.qualifier),
    condition,
    approximateInvokeCount: invokeCount,
  };
  const members = [
    `"version":"1.0"`,
    `"timestamp":${JSON.stringify(new Date(nowMs).toISOString())}`,
    `"requestContext":${JSON.stringify(requestContext)}`,
    `"requestPayload":${Buffer.from(event.payload).toString("utf8")}`,
    ...(response === undefined ? [] : responseMembers(response)),
  ];
  return Buffer.from(`{${members.join(",")}}`);
}

function responseMembers({ executedVersion, functionError, payload }: EventResponse): string[] {
  const context = { statusCode: 200, executedVersion, ...(functionError !== undefined && { functionError }) };
  return [`"responseContext":${JSON.stringify(context)}`, `"responsePayload":${jsonTextOf(payload)}`];
}

/** Runtimes may answer what is no JSON. */
function jsonTextOf(payload: Buffer): string {
  const text = payload.toString("utf8");
  if (text === "") return "null";
  return findJsonProblem(payload) === undefined ? text : JSON.stringify(text);
}
