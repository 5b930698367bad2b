import { entityTooLarge, invalidRequestContent } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";
import { findJsonProblem } from "./json-text.ts";

const emptyEvent = Buffer.from("{}");

/**
 * The event of an invocation as the function is to get it: `{}` if there is none.
 * @throws Fault RequestEntityTooLargeException, InvalidRequestContentException
 */
export function checkPayload(payload: Uint8Array | undefined, limitBytes: number): Buffer {
  if (payload === undefined || payload.byteLength === 0) return emptyEvent;
  if (payload.byteLength > limitBytes)
    throw entityTooLarge(`Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`);
  const problem = findJsonProblem(payload);
  if (problem !== undefined) {
    throw invalidRequestContent(
      `Could not parse request body into json: Could not parse payload into json: ${problem.message}\n at [Source: REDACTED ` +
        `(\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${problem.line}, column: ${problem.column}]`,
    );
  }
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * The client context's JSON text.
 * @param encoded the X-Amz-Client-Context header
 * @throws Fault InvalidRequestContentException
 */
export function decodeClientContext(encoded: string | undefined, limits: LambdaLimits): string | undefined {
  if (encoded === undefined || encoded === "") return undefined;
  if (encoded.length > limits.clientContextBytes)
    throw invalidRequestContent(`Client context must be at most ${limits.clientContextBytes} bytes when base64-encoded.`);
  const bytes = base64.test(encoded) ? Buffer.from(encoded, "base64") : undefined;
  if (bytes === undefined || findJsonProblem(bytes) !== undefined) {
    throw invalidRequestContent("Client context must be a valid Base64-encoded JSON object.", null);
  }
  return bytes.toString("utf8");
}
