/**
 * An error that the caller of an AWS operation is meant to see: AWS's code, its exact text and, where the model gives the
 * error further members (`Type`, `Reason`, `ResourceId`), those too. The wire layer renders it once, in the protocol of
 * the request; the HTTP status comes from the service's model, or from `status` for codes that no model holds.
 */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly status: number | undefined;

  /**
   * @param code AWS's error code, as the caller's SDK names it (`ResourceNotFoundException`).
   * @param message AWS's text; `null` where AWS sends no message.
   */
  constructor(
    code: string,
    message: string | null,
    options: { members?: Readonly<Record<string, unknown>>; status?: number; cause?: unknown } = {},
  ) {
    super(message ?? "", { cause: options.cause });
    this.code = code;
    this.members = options.members ?? {};
    this.status = options.status;
    if (message === null) this.members = { ...this.members, message: null };
  }
}

/**
 * The caller may not do this. Services word the code differently (`AccessDeniedException` in JSON services, `AccessDenied`
 * in Query ones), so the wire layer picks it.
 */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";
}

/** True for a {@link Fault}, optionally one of the given code. */
export function isFault(error: unknown, code?: string): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code);
}
