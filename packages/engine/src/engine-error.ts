/** Why the engine could not run an event at all. */
export type EngineErrorCode = "closed" | "interrupted" | "insufficient-memory" | "no-sandbox";

/** The event was not given to the function, unless the function was interrupted at it; trying again may do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
