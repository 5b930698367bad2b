import type { Fault } from "@mayfly/kernel";
import type { EventSourcePosition } from "@mayfly/wire/lambda";
import { invalidParameter } from "../faults.ts";
import { missing, unsupported } from "./mapping-faults.ts";
import { sourceKinds, type SourceKindName } from "./source-kinds.ts";

interface Given {
  readonly StartingPosition?: EventSourcePosition | undefined;
  readonly StartingPositionTimestamp?: Date | undefined;
  readonly EventSourceArn?: string | undefined;
}

/**
 * Checks where a mapping is to start reading.
 * @throws Fault InvalidParameterValueException in recorded words
 */
export function checkStartingPosition(kindName: SourceKindName, given: Given, nowMs: number): void {
  const { StartingPosition: position, StartingPositionTimestamp: timestamp, EventSourceArn } = given;
  const { startingPositions } = sourceKinds[kindName];
  if (startingPositions.length === 0) {
    if (position !== undefined || timestamp !== undefined) throw noPositions(kindName);
    return;
  }
  if (position === undefined) {
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (timestamp !== undefined && position !== "AT_TIMESTAMP") {
    throw invalidParameter("Timestamp only valid with StartingPosition AT_TIMESTAMP");
  }
  if (!startingPositions.includes(position)) {
    throw invalidParameter(`Unsupported starting position for arn type: ${EventSourceArn ?? "null"}`);
  }
  if (position === "AT_TIMESTAMP") checkTimestamp(timestamp, nowMs);
}

const noPositions = (kindName: SourceKindName): Fault =>
  kindName === "sqs" ? invalidParameter("StartingPosition is not valid for SQS event sources.") : unsupported("StartingPosition");

function checkTimestamp(timestamp: Date | undefined, nowMs: number): void {
  if (timestamp === undefined) throw missing("StartingPositionTimestamp");
  if (!(timestamp.getTime() >= 0)) {
    throw invalidParameter(
      "Received Exception while reading from provided stream. class java.lang.Long can not be converted to a Timestamp",
    );
  }
  if (timestamp.getTime() > nowMs) throw invalidParameter("StartingPositionTimestamp cannot be in the future.");
}
