/** A pattern that is none; the message says why. */
export class EventPatternError extends Error {
  override readonly name = "EventPatternError";
}

export const patternFault = (reason: string): EventPatternError => new EventPatternError(reason);

export type JsonObject = Readonly<Record<string, unknown>>;
export type Scalar = string | number | boolean | null;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

export const isScalar = (value: unknown): value is Scalar => value === null || ["string", "number", "boolean"].includes(typeof value);
