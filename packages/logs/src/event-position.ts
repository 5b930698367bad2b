import { invalidToken } from "./faults.ts";

/** A place in the order of a stream's or a group's lines. */
export interface EventPosition {
  readonly timestampMs: number;
  readonly id: number;
}

const timeDigits = 20;
const idDigits = 36;

/** 56 digits, as CloudWatch's event ids have. */
export const formatPosition = ({ timestampMs, id }: EventPosition): string =>
  `${String(timestampMs).padStart(timeDigits, "0")}${String(Math.max(id, 0)).padStart(idDigits, "0")}`;

/** Reads {@link formatPosition}'s digits. @throws InvalidParameterException for anything else */
export function parsePosition(text: string): EventPosition {
  const position = { timestampMs: Number(text.slice(0, timeDigits)), id: Number(text.slice(timeDigits)) };
  const safe = Number.isSafeInteger(position.timestampMs) && Number.isSafeInteger(position.id);
  if (!/^\d{56}$/.test(text) || !safe) throw invalidToken();
  return position;
}
