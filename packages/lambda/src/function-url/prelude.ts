import type { GivenHead } from "./answer-head.ts";

/** What a streamed response says of itself if it begins with a prelude: JSON, then eight zero bytes, then the body. */
export const httpIntegrationType = "application/vnd.awslambda.http-integration-response";

const separator = Buffer.alloc(8);

/** The parts of a response that begins with a prelude. */
export interface SplitPrelude {
  /** Undefined if it can't be read. */
  readonly head: GivenHead | undefined;
  readonly rest: Buffer;
}

/** @returns undefined if there is no whole prelude */
export function splitPrelude(bytes: Buffer): SplitPrelude | undefined {
  const at = bytes.indexOf(separator);
  return at === -1 ? undefined : { head: readPrelude(bytes.subarray(0, at)), rest: bytes.subarray(at + separator.length) };
}

function readPrelude(bytes: Buffer): GivenHead | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
